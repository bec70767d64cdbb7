"""Waiting for moments: in the flow, for the next day, and after the close."""

from __future__ import annotations

from datetime import datetime, timedelta

from dsl.model import FollowUp
from engine.deadlines import moment_of
from engine.events import Armed, CaseClosed, TimerSet
from engine.flow.actions import open_action, operations
from engine.flow.tokens import leave
from engine.plan import PlanNode
from engine.run import Run

DAY = "@day"
"""Owner of the timer of the next day; no declaration can have the name."""


def arrive_wait(run: Run, node: PlanNode) -> None:
    """The flow goes on when the moment has come; while a value for it is lacking, it stays."""
    assert node.until is not None
    at = moment_of(run, node.until)
    over = at is not None and at <= run.now
    timers = () if at is None or over else (TimerSet(at, "wait"),)
    if timers != run.state.timers.get(node.id, ()):
        run.emit(Armed(node.id, timers))
    if over:
        leave(run, node)


def look_at_waits(run: Run) -> None:
    """After a fact has changed: the moments that the flow waits for may have moved."""
    for node in [run.program.node(one) for one, count in run.state.tokens.items() if count]:
        if node.kind == "wait":
            arrive_wait(run, node)


def await_next_day(run: Run) -> None:
    """What counts days is looked at when the day turns, in the rulebook's zone."""
    if run.program.counts_days:
        midnight = run.context.calendar.at_time(run.today + timedelta(days=1), "00:00")
        run.emit(Armed(DAY, (TimerSet(midnight, "day"),)))


def arm_follow_ups(run: Run, event: CaseClosed) -> None:
    """What comes up some time after a case has gone its whole way."""
    if event.outcome == "closed":
        for one in run.program.process.follow_ups:
            run.emit(Armed(one.id, (TimerSet(_opens_at(run, one), "follow_up"),)))


def follow_up(run: Run, ref: str) -> None:
    """The time has come: somebody is to do it, whatever held it while the case was open."""
    for operation in operations(run, ref):
        open_action(run, ref, operation)


def _opens_at(run: Run, one: FollowUp) -> datetime:
    """Days are counted to a morning on which work is done, hours from the close."""
    calendar = run.context.calendar
    found = calendar.shift(run.now, one.after, "after")
    if one.after.unit in ("day", "week", "working_day"):
        return calendar.opening(calendar.day_of(found))
    return found
