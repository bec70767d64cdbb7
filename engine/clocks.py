"""Clocks that stop and go on: the time of a budget that is left is kept, to the second.

A budget of minutes or hours runs day and night; every other budget runs while work is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from dsl.types import Duration
from engine.deadlines import budget_end, due_timer, item_timers
from engine.events import Restarted, Stopped, TimerSet
from engine.scope import Scope
from engine.state import ActionTask, ItemTask, StepTask, Task

_ELAPSED = ("minute", "hour")


def within_of(scope: Scope, task: Task) -> Duration | None:
    """The budget that a task was given; None if its deadline is a point in time, or it has none."""
    program = scope.program
    if isinstance(task, StepTask):
        return program.steps[task.ref][1].within
    if isinstance(task, ActionTask):
        return (program.actions.get(task.ref) or program.accesses[task.ref]).within
    if isinstance(task, ItemTask):
        return program.items[task.ref].within
    if task.kind == "naming":
        return scope.roles.naming(task.ref, 0)[1].within
    return None


def consumed(scope: Scope, task: Task) -> int:
    """Seconds of a task's budget that are used up now."""
    within, clock = within_of(scope, task), task.clock
    if within is None:
        return 0
    if clock is None:
        return _passed(scope, within, task.opened_at, scope.now)
    if clock.remaining is not None:
        return clock.consumed
    return clock.consumed + _passed(scope, within, clock.since, scope.now)


def remaining(scope: Scope, task: Task) -> int | None:
    """Seconds of a task's budget that are left now; None if it has none."""
    within, clock = within_of(scope, task), task.clock
    if clock is not None and clock.remaining is not None:
        return clock.remaining
    if within is None or task.due is None:
        return None
    return _passed(scope, within, scope.now, task.due)


def stop(scope: Scope, task: Task) -> Stopped | None:
    """What a task's budget has when it stops now; None if it has none, stands, or is used up."""
    standing = task.clock is not None and task.clock.remaining is not None
    left = None if standing or task.late else remaining(scope, task)
    return None if left is None else Stopped(task.id, consumed(scope, task), left)


def restart(scope: Scope, owner: str) -> Restarted:
    """A task or an armed moment goes on now, with what is left of its budget.

    Of the reminders that fell into the meantime only the latest is sent.
    """
    kept = scope.state.resting.get(owner, ())
    task = scope.state.tasks.get(owner)
    within = None if task is None else within_of(scope, task)
    if task is None or within is None or task.late:
        return Restarted(owner, None if task is None else task.due, _woken(kept, scope.now))
    if task.clock is None or task.clock.remaining is None:
        # It was opened while the case stood still: its whole budget begins now.
        due = budget_end(scope, within)
    else:
        due = _end(scope, within, task.clock.remaining)
    if isinstance(task, ItemTask):
        return Restarted(owner, due, item_timers(scope, task, due, unsent=kept))
    return Restarted(owner, due, due_timer(due))


def _woken(timers: Iterable[TimerSet], now: datetime) -> tuple[TimerSet, ...]:
    kept = tuple(timers)
    past = [timer for timer in kept if timer.kind == "rung" and timer.at <= now]
    latest = max(past, key=lambda timer: (timer.at, timer.rung), default=None)
    return tuple(timer for timer in kept if timer not in past or timer is latest)


def _passed(scope: Scope, within: Duration, start: datetime, end: datetime) -> int:
    if within.unit in _ELAPSED:
        return max(int((end - start).total_seconds()), 0)
    return int(scope.context.calendar.worked(start, end).total_seconds())


def _end(scope: Scope, within: Duration, seconds: int) -> datetime:
    span = timedelta(seconds=seconds)
    if within.unit in _ELAPSED:
        return scope.now + span
    return scope.context.calendar.work_off(scope.now, span)
