"""The life of a case: suspended, resumed, cancelled; and clocks that stop and start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import (
    BudgetPaused,
    BudgetResumed,
    CaseCancelled,
    CaseReopened,
    CaseResumed,
    CaseSuspended,
    Event,
    Restarted,
    Stopped,
    TaskResumed,
    TaskSuspended,
)
from engine.rest import Clock, Suspension
from engine.state import CaseState, Task


def case_suspended(state: CaseState, event: CaseSuspended, at: datetime) -> None:
    """Nothing falls due any more, but for access that is taken back."""
    for stopped in event.stopped:
        _stop(state, stopped, at)
    state.suspended = Suspension(person=event.person, reason=event.reason, at=at)
    state.rest(list(state.timers))
    state.join(event.person)


def case_resumed(state: CaseState, event: CaseResumed, at: datetime) -> None:
    """What stood still with the case goes on."""
    state.suspended = None
    for restarted in event.restarted:
        _restart(state, restarted, at)
    state.join(event.person)


def task_suspended(state: CaseState, event: TaskSuspended, at: datetime) -> None:
    """The task stands still by itself."""
    if event.stopped is not None:
        _stop(state, event.stopped, at)
    task = state.tasks[event.task]
    _clock(task).suspended = Suspension(person=event.person, reason=event.reason, at=at)
    state.rest([task.id])
    state.join(event.person)


def task_resumed(state: CaseState, event: TaskResumed, at: datetime) -> None:
    """The task goes on."""
    _clock(state.tasks[event.task]).suspended = None
    if event.restarted is not None:
        _restart(state, event.restarted, at)
    state.join(event.person)


def budget_paused(state: CaseState, event: BudgetPaused, at: datetime) -> None:
    """The item can be worked on; its budget and its reminders stand."""
    task = state.tasks[event.task]
    if event.stopped is not None:
        _stop(state, event.stopped, at)
    _clock(task).waits_for = event.role
    state.rest([task.id])


def budget_resumed(state: CaseState, event: BudgetResumed, at: datetime) -> None:
    """The budget goes on."""
    _clock(state.tasks[event.task]).waits_for = None
    if event.restarted is not None:
        _restart(state, event.restarted, at)


def case_cancelled(state: CaseState, event: CaseCancelled, at: datetime) -> None:
    """The cancellation is recorded; `CaseClosed` follows."""
    del at
    state.join(event.person)


def case_reopened(state: CaseState, event: CaseReopened, at: datetime) -> None:
    """The case stays as it ended; what goes on goes on in the new one."""
    del at
    state.reopened_as = event.case
    state.join(event.person)


def _clock(task: Task) -> Clock:
    if task.clock is None:
        task.clock = Clock(since=task.opened_at)
    return task.clock


def _stop(state: CaseState, stopped: Stopped, at: datetime) -> None:
    """While a budget stands, nobody can say when it will be used up."""
    task = state.tasks[stopped.task]
    clock = _clock(task)
    clock.consumed, clock.remaining = stopped.consumed, stopped.remaining
    state.set_due(task, None, at)


def _restart(state: CaseState, restarted: Restarted, at: datetime) -> None:
    task = state.tasks.get(restarted.owner)
    if task is not None:
        if task.clock is not None and task.clock.remaining is not None:
            task.clock.since, task.clock.remaining = at, None
        if restarted.due != task.due:
            state.set_due(task, restarted.due, at)
    state.set_timers(restarted.owner, restarted.timers)


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    CaseSuspended: case_suspended,
    CaseResumed: case_resumed,
    TaskSuspended: task_suspended,
    TaskResumed: task_resumed,
    BudgetPaused: budget_paused,
    BudgetResumed: budget_resumed,
    CaseCancelled: case_cancelled,
    CaseReopened: case_reopened,
}
