"""What an examination of the whole ledger finds: where damage lies, and what is still good."""

from __future__ import annotations

from collections.abc import Iterator

from engine.store.entries import Entry, unpack
from engine.store.examination import Examination
from engine.store.failure import StoreFailure
from engine.store.frames import Flaw, FlawKind, Frame
from engine.store.index import Index
from engine.store.journal import Journal
from engine.store.places import places_of
from engine.store.port import Damage

_CODES: dict[FlawKind, str] = {"torn": "K106", "broken": "K106", "changed": "K107"}
CHAIN = frozenset({*_CODES.values(), "K117"})
"""Damage of a chain itself; all else lies beside the events, which are then as they were written."""


def verified(journal: Journal, examination: Examination, known: Index) -> Iterator[Damage]:
    """Everything that is wrong.

    Args:
        journal: the ledger's file, read from the medium again.
        examination: of the events and what they name.
        known: what a handle knows, compared with what the ledger says.
    """
    rebuilt = Index()
    for found in journal.whole():
        entry = None if isinstance(found, Flaw) else entry_of(found, rebuilt)
        if isinstance(found, Flaw) or entry is None:
            flaw = found if isinstance(found, Flaw) else Flaw(found.offset, "changed")
            yield located(journal, flaw, rebuilt.position)
            return
        rebuilt.apply(entry, places_of(found, entry))
        for stored in entry.acts:
            yield from examination.act(stored)
    try:
        yield from _differences(known, rebuilt)
    except StoreFailure as failure:
        yield Damage(failure.code, failure.values["file"], failure.values)


def entry_of(frame: Frame, index: Index) -> Entry | None:
    """The entry in a frame; None if it does not follow what is there: a changed history."""
    try:
        entry = unpack(frame.payload)
    except ValueError:
        return None
    return entry if index.follows(entry) else None


def located(journal: Journal, flaw: Flaw, events: int) -> Damage:
    """A flaw as damage: where, how much before it is whole, and how much behind it still reads."""
    path = str(journal.path)
    values = {"file": path, "offset": str(flaw.offset), "events": str(events)}
    values["behind"] = str(journal.intact_behind(flaw.offset + 1))
    return Damage(_CODES[flaw.kind], f"{path}@{flaw.offset}", values)


def _differences(known: Index, rebuilt: Index) -> Iterator[Damage]:
    known.read_past()
    for table, key in known.tables.differences(rebuilt.tables):
        yield Damage("K116", f"{table}/{key}", {"table": table, "key": key})
    for stream, places in rebuilt.streams.items():
        if known.places(stream) != places:
            yield Damage("K116", f"streams/{stream}", {"table": "streams", "key": stream})
    for command, span in rebuilt.commands.items():
        found = known.committed(command)
        if found is None or (found.first_position, found.last_position) != span:
            yield Damage("K116", f"commands/{command}", {"table": "commands", "key": command})
