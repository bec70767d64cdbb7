"""What a store keeps in memory: places of events, command ids, and the rows.

What the last snapshot has moved to the archive is asked for there, by key.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Iterable, Sequence
from itertools import takewhile
from struct import Struct as Packing
from typing import TypeAlias

import msgspec

from engine.store.archive import FAMILIES, Nothing, Past
from engine.store.entries import Entry
from engine.store.port import Committed, Conflict, Row, RowChange, TableName, Transaction
from engine.store.rows import RowDocument, Tables, instant

Places: TypeAlias = "array[int]"
PLACE_SIZE = array("Q").itemsize
SPAN = Packing("<QQ")
"""How a command's first and last position lie in the archive."""


class Index:
    """Everything that can be rebuilt from the entries, and nothing of the events themselves.

    Args:
        past: what is no longer in memory.
        tables: the rows.

    Attributes:
        streams: for each event of a stream, in order, where its act is found.
        commands: first and last position of each command.
        heads: the hash of the last act of each stream that this handle has appended to.
        closed: rows of the table `closed` that the archive does not have yet.
    """

    def __init__(self, past: Past | None = None, tables: Tables | None = None) -> None:
        self._past = past or Nothing()
        self.tables = tables or Tables()
        self.position = 0
        self.streams: dict[str, Places] = {}
        self.commands: dict[str, tuple[int, int]] = {}
        self.closed: dict[str, Row] = {}
        self.heads: dict[str, str] = {}

    def version(self, stream: str) -> int:
        """The last sequence of a stream."""
        places = self.streams.get(stream)
        if places is not None:
            return len(places)
        return len(self._past.get("streams", stream) or b"") // PLACE_SIZE

    def places(self, stream: str) -> Places:
        """Where the acts of a stream's events are; to be read only."""
        found = self.streams.get(stream)
        return self._archived(stream) if found is None else found

    def _archived(self, stream: str) -> Places:
        return array("Q", self._past.get("streams", stream) or b"")

    def has_ended(self, stream: str) -> bool:
        """True for the streams of a closed case: its own and those below it (`CASE/…`)."""
        case = stream.partition("/")[0]
        if case in self.closed:
            return True
        live = self.tables.whole("cases")
        return case not in live and self._past.get("closed", case) is not None

    def read_past(self) -> None:
        """Read all that is no longer in memory once: a `StoreFailure` if any of it is damaged."""
        for family in FAMILIES:
            deque(self._past.items(family), maxlen=0)

    def get(self, table: TableName, key: str) -> Row | None:
        """A copy of one row."""
        if table != "closed":
            return self.tables.get(table, key)
        row = self.closed.get(key)
        if row is None:
            stored = self._past.get("closed", key)
            row = None if stored is None else msgspec.json.decode(stored)
        return None if row is None else RowDocument(row, key)

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""
        span = self.commands.get(command_id)
        if span is None:
            stored = self._past.get("commands", command_id)
            span = None if stored is None else SPAN.unpack(stored)
        return None if span is None else Committed(command_id, *span, repeated=True)

    def answer(self, transaction: Transaction) -> Committed | Conflict | None:
        """The answer to a transaction that must not be written; None if it may be.

        Raises:
            ValueError: a timer without an instant, a closed case that would be taken away, or a part
                of a row that is not there.
        """
        before = self.committed(transaction.command_id)
        if before is not None:
            return before
        for stream, expected in transaction.expected.items():
            actual = self.version(stream)
            if actual != expected:
                return Conflict(stream, expected, actual)
        for change in transaction.rows:
            if change.table == "timers" and change.row is not None:
                instant(change.row)
            if change.table == "closed" and change.row is None:
                raise ValueError(change.key)
            if change.part and not self._is_there(change, transaction.rows):
                raise ValueError(change.key)
        return None

    def _is_there(self, part: RowChange, rows: tuple[RowChange, ...]) -> bool:
        """True if the row that a part belongs to is stored, or put before it by the same transaction."""
        if part.key in self.tables.whole(part.table):
            return True
        before = takewhile(lambda one: one is not part, rows)
        return any((one.table, one.key) == (part.table, part.key) for one in before)

    def follows(self, entry: Entry) -> bool:
        """True if an entry's numbers continue what is here and its command id is new."""
        versions: dict[str, int] = {}
        position = self.position
        for place in entry.places:
            version = versions.get(place.stream)
            version = self.version(place.stream) if version is None else version
            if (place.sequence, place.position) != (version + 1, position + 1):
                return False
            versions[place.stream] = version + place.count
            position += place.count
        return entry.command_id not in self.commands

    def apply(self, entry: Entry, where: Sequence[int]) -> Committed:
        """Take an entry over; `where` says where each of its acts is found."""
        self._change_rows(entry.rows)
        first = self.position + 1
        for place, at in zip(entry.places, where, strict=True):
            places = self.streams.get(place.stream)
            if places is None:
                places = self.streams[place.stream] = self._archived(place.stream)
            places.extend([at] * place.count)
            self.heads.pop(place.stream, None)
            self.position += place.count
        self.heads.update(entry.heads)
        self.commands[entry.command_id] = first, self.position
        return Committed(entry.command_id, first, self.position)

    def _change_rows(self, changes: Iterable[RowChange]) -> None:
        self.tables.apply(changes)
        for change in changes:
            if change.table == "closed" and change.row is not None:
                self.closed[change.key] = change.row
