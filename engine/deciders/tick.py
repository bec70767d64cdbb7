"""Time passes: timers fire."""

from __future__ import annotations

from collections.abc import Callable

from engine.commands import Tick
from engine.events import BecameOverdue, TimerFired, TimerKind, TimerSet
from engine.flow.actions import bring_up, parse_owner
from engine.flow.approvals import time_out
from engine.flow.items import reconsider_items
from engine.flow.notices import Notice, Reason, notify
from engine.flow.people import turn
from engine.flow.rules import call
from engine.flow.tokens import leave_if_there
from engine.flow.waits import await_next_day, follow_up
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ItemTask, StepTask


def tick(run: Run, command: Tick) -> Refusal | None:
    """Fire what is due, the earliest first, each once, at most so many."""
    for _ in range(command.limit):
        first = run.state.first_timer()
        if first is None or first[1].at > run.now:
            break
        owner, timer = first
        run.emit(TimerFired(owner, timer))
        FIRE[timer.kind](run, owner, timer)
    return None


def _due(run: Run, owner: str, timer: TimerSet) -> None:
    del timer
    task = run.state.tasks[owner]
    run.emit(BecameOverdue(task.id))
    if isinstance(task, StepTask):
        time_out(run, task)


def _rung(run: Run, owner: str, timer: TimerSet) -> None:
    task = run.state.tasks[owner]
    assert isinstance(task, ItemTask)
    sla = run.program.sla_of(task.ref)
    assert sla is not None
    assert timer.rung is not None
    rung = sla.rungs[timer.rung]
    reason: Reason = "escalation" if rung.escalates else "reminder"
    notify(run, Notice(reason, rung.channel, task), run.party(rung.party, task))


def _moment(run: Run, owner: str, timer: TimerSet) -> None:
    del timer
    bring_up(run, *parse_owner(run, owner))


def _turn(run: Run, owner: str, timer: TimerSet) -> None:
    del timer
    turn(run, owner.partition(":")[2])


def _wait(run: Run, owner: str, timer: TimerSet) -> None:
    del timer
    leave_if_there(run, owner)


def _day(run: Run, owner: str, timer: TimerSet) -> None:
    del owner, timer
    await_next_day(run)
    if run.program.items_count_days:
        reconsider_items(run)


def _follow_up(run: Run, owner: str, timer: TimerSet) -> None:
    del timer
    follow_up(run, owner)


def _rule(run: Run, owner: str, timer: TimerSet) -> None:
    del owner
    assert timer.rung is not None
    call(run, timer.rung)


def _late(run: Run, owner: str, timer: TimerSet) -> None:
    assert timer.rung is not None
    call(run, timer.rung, owner)


FIRE: dict[TimerKind, Callable[[Run, str, TimerSet], None]] = {
    "due": _due,
    "rung": _rung,
    "moment": _moment,
    "wait": _wait,
    "day": _day,
    "follow_up": _follow_up,
    "rule": _rule,
    "late": _late,
    "turn": _turn,
}
