"""Deadlines and the timers that hang on them."""

from __future__ import annotations

from datetime import date, datetime

from dsl.expressions.tree import Expression
from dsl.model import Rung
from dsl.types import Duration
from engine.events import TimerSet
from engine.scope import Scope
from engine.state import ItemTask, Task


def instant(scope: Scope, moment: object) -> datetime:
    """The instant of a moment; a day is due at the end of its working hours."""
    if isinstance(moment, datetime):
        return moment
    assert isinstance(moment, date)
    return scope.context.calendar.deadline(moment)


def moment_of(scope: Scope, expression: Expression, task: Task | None = None) -> datetime | None:
    """The instant that a moment of the rulebook means now; None while a value for it is lacking."""
    try:
        return instant(scope, scope.evaluate(expression, task))
    except LookupError:
        return None


def budget_end(scope: Scope, within: Duration | None) -> datetime | None:
    """When a budget that begins now is used up."""
    return None if within is None else scope.context.calendar.budget(scope.now, within)


def due_timer(task: str, due: datetime | None) -> tuple[TimerSet, ...]:
    """The one timer of a task that has a deadline and no ladder."""
    return () if due is None else (TimerSet(f"{task}!due", due, "due"),)


def item_due(scope: Scope, task: ItemTask) -> datetime | None:
    """When an item instance is due; `task` need not be in the case yet."""
    due = scope.program.items[task.ref].due
    return None if due is None else moment_of(scope, due, task)


def item_timers(
    scope: Scope, task: ItemTask, due: datetime | None, *, moved: bool = False
) -> tuple[TimerSet, ...]:
    """The deadline and the rungs of the item's ladder.

    Of the rungs that are past already only the latest stands: nobody needs five reminders at once.
    When a deadline has moved, what was sent before is not sent again.
    """
    if due is None:
        return ()
    sla = scope.program.sla_of(task.ref)
    rungs = [
        TimerSet(f"{task.id}!rung{index}", _rung_at(scope, due, rung), "rung", index)
        for index, rung in enumerate(sla.rungs if sla else ())
    ]
    standing_now = scope.state.timers
    past = [
        timer
        for timer in rungs
        if timer.at <= scope.now and (not moved or timer.id in standing_now)
    ]
    latest = max(past, key=lambda timer: (timer.at, timer.rung), default=None)
    standing = [timer for timer in rungs if timer.at > scope.now or timer is latest]
    return (*due_timer(task.id, due), *standing, *_late_timers(scope, task, due, moved=moved))


def _late_timers(
    scope: Scope, task: ItemTask, due: datetime, *, moved: bool
) -> tuple[TimerSet, ...]:
    """When the rules act that wait for the item to be so long overdue; what has been is not again."""
    found: list[TimerSet] = []
    for number in scope.program.triggers.late_for(task.ref):
        by = scope.program.triggers.lateness(number)
        at = scope.context.calendar.shift(due, by, "after")
        timer = TimerSet(f"{task.id}!late{number}", at, "late", number)
        if at > scope.now or not moved or timer.id in scope.state.timers:
            found.append(timer)
    return tuple(found)


def _rung_at(scope: Scope, due: datetime, rung: Rung) -> datetime:
    return scope.context.calendar.shift(due, rung.duration, rung.direction)
