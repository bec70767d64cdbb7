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


def due_timer(due: datetime | None) -> tuple[TimerSet, ...]:
    """The one timer of a task that has a deadline and no ladder."""
    return () if due is None else (TimerSet(due, "due"),)


def item_due(scope: Scope, task: ItemTask) -> datetime | None:
    """The point at which an item instance is due; `task` need not be in the case yet."""
    due = scope.program.items[task.ref].due
    if due is None:
        return None
    said = scope.program.common_dues.get(task.ref)
    if said is None:
        return moment_of(scope, due, task)
    known = scope.dues()
    if said not in known:
        known[said] = moment_of(scope, due)
    return known[said]


def opening_due(scope: Scope, task: ItemTask, *, waiting: bool) -> datetime | None:
    """When an item that comes up now is due; a budget begins when it need not wait any more."""
    within = scope.program.items[task.ref].within
    if within is None:
        return item_due(scope, task)
    return None if waiting else budget_end(scope, within)


def item_timers(
    scope: Scope,
    task: ItemTask,
    due: datetime | None,
    *,
    unsent: tuple[TimerSet, ...] | None = None,
) -> tuple[TimerSet, ...]:
    """The deadline, the rungs of the item's ladder and the rules that wait for it to be late.

    Of the rungs that are past already only the latest stands: nobody needs five reminders at once.
    When a clock goes on, only what is `unsent` stands again.
    """
    if due is None:
        return ()
    if unsent is None:
        return _whole_ladder(scope, task, due)
    rungs, late = _rungs(scope, task, due), _late_rules(scope, task, due)
    rungs = _among(rungs, unsent)
    return (*due_timer(due), *_standing(scope, rungs, rungs), *_among(late, unsent))


def _whole_ladder(scope: Scope, task: ItemTask, due: datetime) -> tuple[TimerSet, ...]:
    program = scope.program
    sla = program.sla_of(task.ref)
    key = due, None if sla is None else sla.id, tuple(program.triggers.late_for(task.ref))
    found = scope.ladders.get(key)
    if found is None:
        rungs, late = _rungs(scope, task, due), _late_rules(scope, task, due)
        found = scope.ladders[key] = (*due_timer(due), *_standing(scope, rungs, rungs), *late)
    return found


def moved_timers(scope: Scope, task: ItemTask, due: datetime | None) -> tuple[TimerSet, ...]:
    """The timers of an item whose deadline has moved: what has been and is past is not again."""
    if due is None:
        return ()
    rungs, late = _rungs(scope, task, due), _late_rules(scope, task, due)
    unsent = scope.state.timers.get(task.id, ())
    missed = _among(late, unsent)
    again = [timer for timer in late if timer.at > scope.now or timer in missed]
    return (*due_timer(due), *_standing(scope, rungs, _among(rungs, unsent)), *again)


def _among(timers: list[TimerSet], known: tuple[TimerSet, ...]) -> list[TimerSet]:
    """Those that stand there already, whenever they are due."""
    return [one for one in timers if any(one.is_like(other) for other in known)]


def _rungs(scope: Scope, task: ItemTask, due: datetime) -> list[TimerSet]:
    sla = scope.program.sla_of(task.ref)
    return [
        TimerSet(_rung_at(scope, due, rung), "rung", index)
        for index, rung in enumerate(sla.rungs if sla else ())
    ]


def _standing(scope: Scope, rungs: list[TimerSet], unsent: list[TimerSet]) -> list[TimerSet]:
    """The rungs to come, and the latest of those that are past and were never sent."""
    past = [timer for timer in unsent if timer.at <= scope.now]
    latest = max(past, key=lambda timer: (timer.at, timer.rung)) if past else None
    return [timer for timer in rungs if timer.at > scope.now or timer is latest]


def _late_rules(scope: Scope, task: ItemTask, due: datetime) -> list[TimerSet]:
    """When the rules act that wait for the item to be so long overdue."""
    triggers, shift = scope.program.triggers, scope.context.calendar.shift
    return [
        TimerSet(shift(due, triggers.lateness(number), "after"), "late", number)
        for number in triggers.late_for(task.ref)
    ]


def _rung_at(scope: Scope, due: datetime, rung: Rung) -> datetime:
    return scope.context.calendar.shift(due, rung.duration, rung.direction)
