"""Who does a task in whose place: claims, delegations, substitutes, and changed approvers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from engine.events import (
    ApproverAdded,
    ApproverRemoved,
    Claimed,
    Delegated,
    Event,
    Filled,
    People,
    Reassigned,
    Released,
    Slot,
    StandInEnded,
    Substituted,
)
from engine.state import CaseState, StandIn, StepTask, Task


def claimed(state: CaseState, event: Claimed, at: datetime) -> None:
    """The claim stands until it is given back."""
    del at
    task = state.tasks[event.task]
    task.claims = (*task.claims, event.person)


def released(state: CaseState, event: Released, at: datetime) -> None:
    """It is for all of them again."""
    del at
    task = state.tasks[event.task]
    task.claims = _without(task.claims, event.person)


def stood_in(state: CaseState, event: Delegated | Substituted, at: datetime) -> None:
    """The latest stand-in counts."""
    del at
    task = state.tasks[event.task]
    stand_in = StandIn(
        event.person, event.to, "delegate" if isinstance(event, Delegated) else "substitute"
    )
    task.stand_ins = (*_others(task, event.person), stand_in)
    state.join(event.to)


def stand_in_ended(state: CaseState, event: StandInEnded, at: datetime) -> None:
    """The task is the owner's alone."""
    del at
    task = state.tasks[event.task]
    task.stand_ins = _others(task, event.person)


def reassigned(state: CaseState, event: Reassigned, at: datetime) -> None:
    """The roles are filled anew; what the one before had arranged is void."""
    del at
    task = state.tasks[event.task]
    if event.person is not None:
        _forget(task, event.person)
    task.roles = {**task.roles, **event.roles}
    if isinstance(task, StepTask) and event.person is not None:
        task.slots = tuple(_swapped(slot, event.person, event.to) for slot in task.slots)
        task.added = _put(task.added, event.person, event.to)
    _fix(task, event.roles)
    state.join(event.to)


def approver_added(state: CaseState, event: ApproverAdded, at: datetime) -> None:
    """A slot of their own, so that no other slot counts differently."""
    del at
    task = _step(state, event.task)
    task.slots = (*task.slots, Slot((), people=(event.person,), turn=event.turn))
    state.join(event.person)


def approver_removed(state: CaseState, event: ApproverRemoved, at: datetime) -> None:
    """Whoever is removed is asked nowhere in the step; a slot that was theirs alone is gone."""
    del at
    task = _step(state, event.task)
    _forget(task, event.person)
    _fix(task, [role for role, filled in task.roles.items() if event.person in filled.people])
    task.roles = {role: _less(filled, event.person) for role, filled in task.roles.items()}
    task.added = _without(task.added, event.person)
    slots = (replace(slot, people=_without(slot.people, event.person)) for slot in task.slots)
    task.slots = tuple(slot for slot in slots if slot.roles or slot.people)


def _fix(task: Task, roles: Iterable[str]) -> None:
    task.fixed = tuple(dict.fromkeys((*task.fixed, *roles)))


def _swapped(slot: Slot, before: str, after: str) -> Slot:
    return replace(slot, people=_put(slot.people, before, after))


def _put(people: People, before: str, after: str) -> People:
    return tuple(after if person == before else person for person in people)


def _less(filled: Filled, person: str) -> Filled:
    return replace(filled, people=_without(filled.people, person))


def _forget(task: Task, person: str) -> None:
    task.claims = _without(task.claims, person)
    task.stand_ins = _others(task, person)


def _others(task: Task, person: str) -> tuple[StandIn, ...]:
    return tuple(one for one in task.stand_ins if one.person != person)


def _without(people: People, person: str) -> People:
    return tuple(one for one in people if one != person)


def _step(state: CaseState, task: str) -> StepTask:
    found = state.tasks[task]
    assert isinstance(found, StepTask)
    return found


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    Claimed: claimed,
    Released: released,
    Delegated: stood_in,
    Substituted: stood_in,
    StandInEnded: stand_in_ended,
    Reassigned: reassigned,
    ApproverAdded: approver_added,
    ApproverRemoved: approver_removed,
}
