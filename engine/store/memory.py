"""A store that forgets everything when it is closed: scenarios, previews, rehearsals and tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from engine.store.disk import Disk
from engine.store.entries import act_of, events_of, place
from engine.store.examination import Examination
from engine.store.index import Index
from engine.store.port import (
    Committed,
    Conflict,
    Damage,
    KeptFile,
    Row,
    Sealed,
    StoredEvent,
    Summary,
    TableName,
    Transaction,
)
from engine.store.rows import Where
from engine.store.vault import SALT_SIZE, salted, take_in

_ALONE = nullcontext()


class MemoryStore:
    """See `port.Store` for what each method promises. `disk` gives salts and reads evidence."""

    def __init__(self, disk: Disk | None = None) -> None:
        self._disk = disk or Disk()
        self._index = Index()
        self._stored: list[bytes] = []
        """Every act, in order: a place is a number in this list."""
        self._beside: dict[str, bytes] = {}

    def append(self, transaction: Transaction) -> Committed | Conflict:
        """Take the transaction over, or nothing of it."""
        answer = self._index.answer(transaction)
        if answer is not None:
            return answer
        entry = place(transaction, self._index.position, self._head)
        first = len(self._stored)
        self._stored += entry.acts
        return self._index.apply(entry, range(first, len(self._stored)))

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""
        return self._index.committed(command_id)

    def still(self) -> AbstractContextManager[None]:
        """Nobody else writes."""
        return _ALONE

    def version(self, stream: str) -> int:
        """The last sequence of a stream."""
        return self._index.version(stream)

    def position(self) -> int:
        """The last position."""
        return self._index.position

    def read(self, stream: str, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the stream has now."""
        places = self._index.places(stream)[after:]
        return (event for event in self._events(dict.fromkeys(places)) if event.sequence > after)

    def changes(self, after: int = 0) -> Iterator[StoredEvent]:
        """The events that the store has now behind a position."""
        places = range(len(self._stored)) if after < self._index.position else range(0)
        return (event for event in self._events(places) if event.position > after)

    def get(self, table: TableName, key: str) -> Row | None:
        """One row, by key."""
        return self._index.get(table, key)

    def rows(
        self,
        table: TableName,
        where: Where | None = None,
        *,
        order: str | None = None,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Row]:
        """One page of matching rows."""
        return self._index.tables.page(table, where, order, (offset, limit))

    def count(self, table: TableName, where: Where | None = None) -> int:
        """How many rows match."""
        return self._index.tables.count(table, where)

    def due_timers(self, now: datetime, limit: int) -> list[Row]:
        """Timers due, earliest first."""
        return self._index.tables.due_timers(now, limit)

    def seal(self, value: bytes) -> Sealed:
        """Keep a private value under a fresh salt."""
        content = salted(self._disk, value)
        name = sha256(content).hexdigest()
        self._beside[name] = content
        return Sealed(name)

    def unseal(self, sealed: Sealed) -> bytes | None:
        """The private value."""
        content = self._beside.get(sealed.commitment)
        return None if content is None else content[SALT_SIZE:]

    def keep(self, source: Path) -> KeptFile | Damage:
        """Take in a regular file."""
        content = bytearray()
        kept = take_in(self._disk, source, content.extend)
        if isinstance(kept, KeptFile):
            self._beside[kept.sha256] = bytes(content)
        return kept

    def kept(self, sha256: str) -> bytes | None:
        """A kept file's content."""
        return self._beside.get(sha256)

    def verify(self) -> Iterator[Damage]:
        """Every stream's chain, and what the events name; the rows are the only ones there are."""
        examination = Examination(self.unseal, self.kept)
        for stored in self._stored:
            yield from examination.act(stored)

    def summary(self) -> Summary:
        """Counts; nothing is chained over the whole store."""
        return Summary(
            transactions=len(self._index.commands),
            events=self._index.position,
            rows=self._index.tables.sizes(),
            last_hash="",
        )

    def close(self) -> None:
        """Nothing to release."""

    def _events(self, places: Iterable[int]) -> Iterator[StoredEvent]:
        for where in places:
            yield from events_of(act_of(self._stored[where]))

    def _head(self, stream: str) -> tuple[int, str]:
        return self._index.version(stream), self._index.heads.get(stream, "")
