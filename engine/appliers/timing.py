"""Clocks: timers, deadlines, notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import AttemptRefused, BecameOverdue, DueChanged, Event, NoticeQueued, TimerFired
from engine.state import CaseState


def timer_fired(state: CaseState, event: TimerFired, at: datetime) -> None:
    """A timer fires once."""
    del at
    state.drop_timer(event.owner, event.timer)


def became_overdue(state: CaseState, event: BecameOverdue, at: datetime) -> None:
    """The deadline has passed."""
    del at
    state.set_late(state.tasks[event.task], late=True)


def due_changed(state: CaseState, event: DueChanged, at: datetime) -> None:
    """A new deadline, a new chance to be in time."""
    task = state.tasks[event.task]
    state.set_due(task, event.due, at)
    state.set_timers(task.id, event.timers)


def notice_queued(state: CaseState, event: NoticeQueued, at: datetime) -> None:
    """Notices are counted, so that each has an id of its own; whom a rule calls in has a part."""
    del at
    state.notices += 1
    if event.rule is not None and event.reason == "escalation":
        state.people.update(one.person for one in event.to)


def attempt_refused(state: CaseState, event: AttemptRefused, at: datetime) -> None:
    """Lies in a stream of its own and changes nothing."""
    del state, event, at


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    TimerFired: timer_fired,
    BecameOverdue: became_overdue,
    DueChanged: due_changed,
    NoticeQueued: notice_queued,
    AttemptRefused: attempt_refused,
}
