"""The timeline of a case: every event that people care for, in a sentence, with who and when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from engine.replay import event_of
from engine.store.port import StoredEvent
from engine.views.reader import Reader
from engine.views.sentences import sentence, told


class Entry(Struct, frozen=True):
    """One line of the timeline.

    Attributes:
        at: when it happened.
        actor: who did it, by name; `on_behalf_of` for whom.
        host: the machine that the act came from.
        what: the event's type.
        task: the task that it is about, if it is about one.
        text: the sentence.
        sequence: the event's place in its stream; `hash_before` seals all that lies before it.
    """

    at: datetime
    actor: str
    on_behalf_of: str | None
    host: str
    what: str
    task: str | None
    text: str
    sequence: int
    hash_before: str


def timeline(reader: Reader, stored: Iterable[StoredEvent], *, inner: bool = False) -> list[Entry]:
    """The sentences of stored events, in order of time; `inner` adds the engine's own steps."""
    happened = [(one, event_of(one)) for one in stored]
    # A number is one of its stream: the attempts that were refused count from one again.
    outer = {(one.stream, one.sequence) for one, _ in told(happened, lambda pair: pair[1])}
    found = [
        _entry(
            reader,
            one,
            getattr(event, "task", None),
            sentence(reader, event) if place in outer else type(event).__name__,
        )
        for one, event in happened
        if (place := (one.stream, one.sequence)) in outer or inner
    ]
    return sorted(found, key=lambda entry: entry.at)


def _entry(reader: Reader, stored: StoredEvent, task: str | None, text: str) -> Entry:
    behalf = stored.on_behalf_of
    return Entry(
        at=stored.occurred_at,
        actor=reader.person(stored.actor),
        on_behalf_of=None if behalf is None else reader.person(behalf),
        host=stored.host,
        what=stored.type,
        task=task,
        text=text,
        sequence=stored.sequence,
        hash_before=stored.previous,
    )
