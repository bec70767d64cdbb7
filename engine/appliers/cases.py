"""The case as a whole: opening, movement, facts, comments, end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from sys import intern
from typing import Any

from engine.events import (
    CaseClosed,
    CaseOpened,
    CaseWithdrawn,
    Commented,
    Event,
    FactChanged,
    Moved,
    StageEntered,
)
from engine.state import NOTHING, CaseState, without


def case_opened(state: CaseState, event: CaseOpened, at: datetime) -> None:
    """The case stands at the start of its process. All cases share the names of people and rulebooks."""
    state.id = event.case
    state.rulebook = intern(event.rulebook)
    state.rulebook_version = intern(event.rulebook_version)
    state.process = intern(event.process)
    state.subject = intern(event.subject)
    state.subject_name = event.subject_name
    state.opener = intern(event.opener)
    state.opened_at = at
    state.reopens = event.reopens
    state.facts = dict(event.facts)
    state.sealed = dict(event.sealed) or NOTHING
    state.unlisted = set(event.items)
    state.people = {event.subject, event.opener}
    state.forget_roles()
    state.tokens["start"] = 1


def moved(state: CaseState, event: Moved, at: datetime) -> None:
    """Every token of the node goes; the targets get one each. All cases share the nodes' names."""
    del at
    tokens = state.tokens
    tokens.pop(event.node, None)
    for node in event.to:
        tokens[intern(node)] = tokens.get(node, 0) + 1
    state.unlisted.difference_update(event.skipped)
    state.passed[intern(event.node)] = None


def stage_entered(state: CaseState, event: StageEntered, at: datetime) -> None:
    """The latest stage is the one that the case is said to be in."""
    state.stage = event.stage
    if event.stage not in state.stages:
        state.stages = {**state.stages, event.stage: at}


def fact_changed(state: CaseState, event: FactChanged, at: datetime) -> None:
    """The value is replaced; decoded values are made anew when next needed."""
    del at
    state.facts.pop(event.fact, None)
    state.sealed = without(state.sealed, event.fact)
    if event.sealed is not None:
        state.sealed = {**state.sealed, event.fact: event.sealed}
    elif event.new is not None:
        state.facts[event.fact] = event.new
    state.changes.append((event.before, event.fact))
    state.decoded = None


def commented(state: CaseState, event: Commented, at: datetime) -> None:
    """Whoever speaks has a part in the case."""
    del at
    state.join(event.person)


def case_withdrawn(state: CaseState, event: CaseWithdrawn, at: datetime) -> None:
    """The withdrawal is recorded; `CaseClosed` follows."""
    del at
    state.join(event.person)


def case_closed(state: CaseState, event: CaseClosed, at: datetime) -> None:
    """What was still open is cancelled, and no timer stands."""
    for task in [state.tasks[task] for task in state.active]:
        state.change(task, "cancelled", at)
    state.drop_all_timers()
    state.tokens.clear()
    state.status = event.outcome
    state.closed_at = at


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    CaseOpened: case_opened,
    Moved: moved,
    StageEntered: stage_entered,
    FactChanged: fact_changed,
    Commented: commented,
    CaseWithdrawn: case_withdrawn,
    CaseClosed: case_closed,
}
