"""What an act does that nobody may have meant: told before it and after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from engine.events import (
    ActionOpened,
    CaseOpened,
    CaseResumed,
    Event,
    FactChanged,
    Named,
    TaskResumed,
)
from engine.tasks import AWAITED
from engine.views.moved import Deadlines
from engine.views.reader import Reader

CasesOf = Callable[[str], Iterable[str]]
"""The ids of the open cases about a person, as far as the reader may see them."""


def cautions(
    reader: Reader, events: Iterable[Event], cases_of: CasesOf, before: Deadlines
) -> tuple[str, ...]:
    """Days in the past that deadlines count from, access and deadlines that go at once, who leaves too.

    Args:
        reader: of the case after the act.
        events: of the act.
        cases_of: what else is going on about a person.
        before: the deadlines before the act.
    """
    told = tuple(events)
    of_people = _of_names(reader, told, cases_of)
    return (*_of_facts(reader, told), *_overdue(reader, told, before), *of_people)


def _overdue(reader: Reader, told: tuple[Event, ...], before: Deadlines) -> Iterator[str]:
    """What the act puts into the past, or finds there when it lets something go on."""
    state, now = reader.scope.state, reader.scope.now
    if state.suspended is not None:
        return
    goes_on = any(isinstance(event, CaseResumed | TaskResumed) for event in told)
    late = [
        task.id
        for task in (state.tasks[one] for one in state.active)
        if task.status in AWAITED
        and task.due is not None
        and task.due <= now
        and (before.get(task.id) != task.due or (goes_on and not task.late))
    ]
    if late:
        yield reader.say("caution.overdue", tasks=reader.listed(map(reader.task_named, late)))


def _of_names(reader: Reader, told: tuple[Event, ...], cases_of: CasesOf) -> Iterator[str]:
    """Whoever is named and leaves too, as far as the directory knows and open cases tell."""
    for event in told:
        person = reader.directory.person(event.person) if isinstance(event, Named) else None
        if person is None:
            continue
        if person.left is not None:
            yield reader.say("caution.leaves", person=person.name, day=person.left.isoformat())
        cases = reader.listed(cases_of(person.id))
        if cases:
            yield reader.say("caution.case", person=person.name, cases=cases)


def _of_facts(reader: Reader, told: tuple[Event, ...]) -> tuple[str, ...]:
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
