"""Events read from the ledger's file, each act checked as it is read."""

from __future__ import annotations

from collections.abc import Iterator

from engine.store.entries import act_of, acts_in, events_of, hash_of
from engine.store.failure import StoreFailure
from engine.store.frames import HEADER_SIZE, Flaw, Frame
from engine.store.index import Places
from engine.store.journal import Journal
from engine.store.marks import Marks
from engine.store.places import SIZE_BITS, SIZE_MASK
from engine.store.port import StoredAct, StoredEvent
from engine.store.verification import located


class History:
    """Reads a journal."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def stored(self, where: int) -> bytes:
        """The bytes of the act at a place."""
        return self._journal.read(where & SIZE_MASK, where >> SIZE_BITS)

    def of(self, stream: str, places: Places, after: int) -> Iterator[StoredEvent]:
        """A stream's events behind a sequence; `places` are theirs and nobody else's.

        Raises:
            StoreFailure: `K128`, an act is not of the stream or does not follow the one before.
        """
        before = ""
        for where in dict.fromkeys(places):
            stored = self.stored(where)
            act = _act(stored)
            if act is None or act.stream != stream or before not in ("", act.previous):
                offset, file = str(where >> SIZE_BITS), str(self._journal.path)
                raise StoreFailure("K128", file=file, offset=offset, stream=stream)
            before = hash_of(stored)
            yield from (event for event in events_of(act) if event.sequence > after)

    def behind(self, after: int, marks: Marks, end: int) -> Iterator[StoredEvent]:
        """The events behind a position in the frames up to `end`; `K106` or `K107` at damage."""
        position, offset, digest = marks.before(after)
        for found in self._sound(offset, end, digest, position):
            for stored in acts_in(found.payload):
                for event in events_of(act_of(stored)):
                    position = event.position
                    if position > after:
                        yield event

    def frames(self, end: int) -> Iterator[Frame]:
        """Every frame up to an end; `K106` or `K107` at damage."""
        return self._sound(HEADER_SIZE, end, self._journal.identity, 0)

    def _sound(self, offset: int, end: int, digest: bytes, position: int) -> Iterator[Frame]:
        for found in self._journal.between(offset, end, digest):
            if isinstance(found, Flaw):
                damage = located(self._journal, found, position)
                raise StoreFailure(damage.code, **damage.values)
            yield found


def _act(stored: bytes) -> StoredAct | None:
    try:
        return act_of(stored)
    except ValueError:
        return None
