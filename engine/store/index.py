"""What a store keeps in memory: versions of streams, command ids, and the rows."""

from __future__ import annotations

from array import array

from engine.store.entries import Entry
from engine.store.port import Committed, Conflict, Transaction
from engine.store.rows import Tables, instant


class Index:
    """Everything that can be rebuilt from the entries, and nothing of the events themselves."""

    def __init__(self) -> None:
        self.tables = Tables()
        self.position = 0
        self.streams: dict[str, array[int]] = {}
        """Positions of each stream's events, in order."""
        self.commands: dict[str, tuple[int, int]] = {}
        self.heads: dict[str, str] = {}
        """The hash of the last act of each stream that this handle has appended to."""

    def version(self, stream: str) -> int:
        """The last sequence of a stream."""
        positions = self.streams.get(stream)
        return 0 if positions is None else len(positions)

    def committed(self, command_id: str) -> Committed | None:
        """The earlier answer to a command id."""
        span = self.commands.get(command_id)
        return None if span is None else Committed(command_id, *span, repeated=True)

    def answer(self, transaction: Transaction) -> Committed | Conflict | None:
        """The answer to a transaction that must not be written; None if it may be.

        Raises:
            ValueError: a timer without an instant, which no store may take in.
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
        return None

    def follows(self, entry: Entry) -> bool:
        """True if an entry's numbers continue what is here and its command id is new."""
        versions: dict[str, int] = {}
        position = self.position
        for place in entry.places:
            version = versions.get(place.stream, self.version(place.stream))
            if (place.sequence, place.position) != (version + 1, position + 1):
                return False
            versions[place.stream] = version + place.count
            position += place.count
        return entry.command_id not in self.commands

    def apply(self, entry: Entry) -> Committed:
        """Take an entry over."""
        self.tables.apply(entry.rows)
        committed = self.number(entry)
        self.heads.update(entry.heads)
        return committed

    def number(self, entry: Entry) -> Committed:
        """Take an entry over without its rows."""
        first = self.position + 1
        for place in entry.places:
            following = range(place.position, place.position + place.count)
            self.streams.setdefault(place.stream, array("Q")).extend(following)
            self.heads.pop(place.stream, None)
            self.position += place.count
        self.commands[entry.command_id] = first, self.position
        return Committed(entry.command_id, first, self.position)
