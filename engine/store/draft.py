"""A store in which one can see what would be: it begins as another one is, and leaves that as it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

import msgspec
from typing_extensions import override

from engine.store.archive import Family
from engine.store.index import PLACE_SIZE, SPAN, Index
from engine.store.memory import MemoryStore
from engine.store.port import Row, Sealed, Store, StoredEvent, TableName
from engine.store.rows import RowDocument, Tables
from engine.store.runs import Item


class DraftStore(MemoryStore):
    """What is appended stays here, in memory; what is not here is asked of the base.

    A stream stays as long as it was when it was first asked for, whatever others write to the base
    meanwhile. Its chain of hashes begins anew behind the base's acts.
    """

    def __init__(self, base: Store) -> None:
        super().__init__()
        self._base = base
        self._past = _Base(base)
        self._index = Index(self._past, Tables(self._rows_of_base))
        self._index.position = self._begun = base.position()

    @override
    def read(self, stream: str, after: int = 0) -> Iterator[StoredEvent]:
        """The base's events of the stream, then those that were appended here."""
        known = self._past.version(stream)
        old = (one for one in self._base.read(stream, after) if one.sequence <= known)
        own = self._index.places(stream)[known:]
        new = (one for one in self._events(dict.fromkeys(own)) if one.sequence > after)
        return chain(old, new)

    @override
    def changes(self, after: int = 0) -> Iterator[StoredEvent]:
        """The base's events behind a position, then those that were appended here."""
        old = (one for one in self._base.changes(after) if one.position <= self._begun)
        return chain(old, super().changes(max(after, self._begun)))

    @override
    def unseal(self, sealed: Sealed) -> bytes | None:
        """The private value, kept here or there."""
        found = super().unseal(sealed)
        return self._base.unseal(sealed) if found is None else found

    @override
    def kept(self, sha256: str) -> bytes | None:
        """A kept file's content, here or there."""
        found = super().kept(sha256)
        return self._base.kept(sha256) if found is None else found

    def _rows_of_base(self, table: TableName) -> dict[str, Row]:
        rows = cast("list[RowDocument]", self._base.rows(table))
        return {str(one.doc_id): dict(one) for one in rows}


class _Base:
    """Another store as the past of an index: how long its streams are, its command ids and closed cases."""

    def __init__(self, base: Store) -> None:
        self._base = base
        self._versions: dict[str, int] = {}

    def version(self, stream: str) -> int:
        """How many events a stream had when it was first asked for."""
        found = self._versions.get(stream)
        if found is None:
            found = self._versions[stream] = self._base.version(stream)
        return found

    def get(self, family: Family, key: str) -> bytes | None:
        """The value of a key, as an archive would have it; where acts lie is the base's own matter."""
        if family == "streams":
            return bytes(self.version(key) * PLACE_SIZE)
        if family == "closed":
            row = self._base.get("closed", key)
            return None if row is None else msgspec.json.encode(dict(row))
        found = self._base.committed(key)
        return None if found is None else SPAN.pack(found.first_position, found.last_position)

    def items(self, family: Family) -> Iterator[Item]:
        """Nothing: whoever reads through everything reads the base itself."""
        del family
        return iter(())
