"""The life of a case: suspended, resumed, cancelled; and clocks that stop and start."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from engine.events.shapes import Event, TimerSet


class Stopped(Struct, frozen=True):
    """A budget that stops: seconds consumed and seconds remaining, of its own unit's kind of time."""

    task: str
    consumed: int
    remaining: int


class Restarted(Struct, frozen=True, omit_defaults=True):
    """What goes on: a task, or a moment that was armed, with its deadline and timers from now on."""

    owner: str
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class CaseSuspended(Event, frozen=True):
    """The whole case stands still; `stopped` are its budgets."""

    person: str
    reason: str
    stopped: tuple[Stopped, ...] = ()


class CaseResumed(Event, frozen=True):
    """The case goes on."""

    person: str
    reason: str
    restarted: tuple[Restarted, ...] = ()


class TaskSuspended(Event, frozen=True):
    """One task stands still."""

    task: str
    person: str
    reason: str
    stopped: Stopped | None = None


class TaskResumed(Event, frozen=True):
    """The task goes on; `restarted` is None if its clock stands for another reason."""

    task: str
    person: str
    reason: str
    restarted: Restarted | None = None


class CaseReopened(Event, frozen=True):
    """The ended case is taken up again as a new one, `case`."""

    person: str
    reason: str
    case: str


class BudgetPaused(Event, frozen=True):
    """What an item needs is awaited from a role, and its time limit does not count that time.

    `stopped` is None if the budget stands for another reason already.
    """

    task: str
    role: str
    stopped: Stopped | None = None


class BudgetResumed(Event, frozen=True):
    """What was awaited is there; `restarted` is None while the item stands for another reason."""

    task: str
    restarted: Restarted | None = None


class CaseCancelled(Event, frozen=True):
    """Whoever manages the process has called the case off; `CaseClosed` follows."""

    person: str
    reason: str
