"""Actions, access changes and gates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import (
    ActionCompleted,
    ActionOpened,
    Armed,
    Event,
    GateOpened,
    GateShut,
    SystemFailed,
)
from engine.state import ActionTask, CaseState, GateState


def armed(state: CaseState, event: Armed, at: datetime) -> None:
    """The moment's timer stands."""
    del at
    state.set_timers(event.ref, event.timers)


def action_opened(state: CaseState, event: ActionOpened, at: datetime) -> None:
    """The action waits for its person."""
    task = ActionTask(
        id=event.task,
        kind="action",
        ref=event.ref,
        opened_at=at,
        due=event.due,
        roles={event.role: event.filled},
        operation=event.operation,
        role=event.role,
        call=event.call,
        arguments=event.arguments,
    )
    state.add(task, event.timers)


def action_completed(state: CaseState, event: ActionCompleted, at: datetime) -> None:
    """Done."""
    state.change(state.tasks[event.task], "done", at)
    state.join(event.person)


def system_failed(state: CaseState, event: SystemFailed, at: datetime) -> None:
    """The task stays with its person; the event says what the system answered."""
    del state, event, at


def gate_opened(state: CaseState, event: GateOpened, at: datetime) -> None:
    """Open, and by whom if it was waived."""
    del at
    gate = GateState(open=True, waived_by=event.waived_by, reason=event.reason)
    state.gates = {**state.gates, event.gate: gate}


def gate_shut(state: CaseState, event: GateShut, at: datetime) -> None:
    """Shut again."""
    del at
    state.gates = {**state.gates, event.gate: GateState()}


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    Armed: armed,
    ActionOpened: action_opened,
    ActionCompleted: action_completed,
    SystemFailed: system_failed,
    GateOpened: gate_opened,
    GateShut: gate_shut,
}
