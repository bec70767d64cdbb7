"""Actions, access changes and gates."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from engine.events.shapes import Event, Filled, TimerSet


class Armed(Event, frozen=True):
    """An action or access change will come up at a moment."""

    ref: str
    timers: tuple[TimerSet, ...]


class ActionOpened(Event, frozen=True):
    """An action or an access change waits for a person. `call` is what a system would be asked."""

    task: str
    ref: str
    operation: Literal["action", "grant", "revoke"]
    role: str
    filled: Filled
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()
    call: str | None = None
    arguments: tuple[str, ...] = ()


class ActionCompleted(Event, frozen=True):
    """An action or an access change was done."""

    task: str
    person: str
    note: str


class SystemFailed(Event, frozen=True):
    """A system answered that it could not; the task stays with its person."""

    task: str
    system: str
    note: str


class GateOpened(Event, frozen=True):
    """A gate opened, by its conditions or by a waiver."""

    gate: str
    waived_by: str | None = None
    reason: str | None = None


class GateShut(Event, frozen=True):
    """What had opened a gate holds no longer."""

    gate: str
