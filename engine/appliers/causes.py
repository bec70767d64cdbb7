"""Causes of delay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import (
    CauseAsked,
    CauseConfirmed,
    CauseDropped,
    CauseRefused,
    CauseStated,
    Event,
)
from engine.state import CaseState, CauseTask


def cause_asked(state: CaseState, event: CauseAsked, at: datetime) -> None:
    """Somebody must say why."""
    task = CauseTask(
        id=event.task,
        kind="cause",
        ref=f"{state.tasks[event.item].ref}.cause",
        opened_at=at,
        roles={event.role: event.filled},
        item=event.item,
        declared=state.tasks[event.item].ref,
    )
    state.add(task)
    state.causes[event.item] = event.task


def cause_stated(state: CaseState, event: CauseStated, at: datetime) -> None:
    """It is with whoever confirms it."""
    task = _cause(state, event.task)
    state.change(task, "handed_over", at)
    task.cause, task.stated_by = event.cause, event.person
    task.confirmer = event.role
    task.roles = {**task.roles, event.role: event.filled}
    state.join(event.person, *event.filled.people)


def cause_confirmed(state: CaseState, event: CauseConfirmed, at: datetime) -> None:
    """Explained."""
    state.change(state.tasks[event.task], "done", at)
    state.join(event.person)


def cause_refused(state: CaseState, event: CauseRefused, at: datetime) -> None:
    """Asked for again."""
    task = _cause(state, event.task)
    state.change(task, "open", at)
    task.round += 1
    task.confirmer = None
    state.join(event.person)


def cause_dropped(state: CaseState, event: CauseDropped, at: datetime) -> None:
    """Nobody need say why any more."""
    state.change(state.tasks[event.task], "cancelled", at)


def _cause(state: CaseState, task: str) -> CauseTask:
    found = state.tasks[task]
    assert isinstance(found, CauseTask)
    return found


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    CauseAsked: cause_asked,
    CauseStated: cause_stated,
    CauseConfirmed: cause_confirmed,
    CauseRefused: cause_refused,
    CauseDropped: cause_dropped,
}
