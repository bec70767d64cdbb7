"""What an act that sets facts does at once, which nobody may have meant: told before and after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from engine.events import ActionOpened, CaseOpened, Event, FactChanged
from engine.views.reader import Reader


def cautions(reader: Reader, events: Iterable[Event]) -> tuple[str, ...]:
    """Days that lie in the past although deadlines count from them, and access that goes at once.

    Args:
        reader: of the case after the act.
        events: of the act.
    """
    told = tuple(events)
    set_now = tuple(fact for event in told for fact in _set_by(event))
    if not set_now:
        return ()
    taken = [
        reader.declared(event.ref)
        for event in told
        if isinstance(event, ActionOpened) and event.operation == "revoke"
    ]
    past = tuple(_past(reader, set_now))
    return (*past, reader.say("caution.revoked", access=reader.listed(taken))) if taken else past


def _set_by(event: Event) -> Iterable[str]:
    """The facts to which somebody has given a value in it."""
    if isinstance(event, CaseOpened):
        return (*event.facts, *event.sealed)
    return (event.fact,) if isinstance(event, FactChanged) and event.rule is None else ()


def _past(reader: Reader, facts: tuple[str, ...]) -> Iterator[str]:
    scope = reader.scope
    for fact in facts:
        if fact in scope.program.reckoned_from and _day(reader, fact) < scope.today:
            title, today = reader.declared(fact), scope.today.isoformat()
            yield reader.say("caution.past", fact=title, today=today)


def _day(reader: Reader, fact: str) -> date:
    """The day of a fact; a day that nobody knows lies in no past."""
    value = reader.scope.facts().get(fact)
    if isinstance(value, datetime):
        return value.astimezone(reader.scope.program.zone).date()
    return value if isinstance(value, date) else date.max
