"""Approvals: rounds, steps, votes, revisions."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from engine.events.shapes import Chosen, Event, Filled, People, Slot, TimerSet


class ApprovalBegun(Event, frozen=True):
    """A round of an approval began, counted from 1.

    `kept` are the approvers whose steps stand, when the chain went back to a later step.
    """

    approval: str
    round: int
    kept: People = ()


class StepOpened(Event, frozen=True):
    """A step waits for its approvers."""

    task: str
    approval: str
    step: str
    round: int
    roles: dict[str, Filled]
    slots: tuple[Slot, ...]
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()
    chosen: Chosen | None = None


class StepSkipped(Event, frozen=True):
    """A step was passed over.

    Its condition did not hold, `person` had approved before, or a table collected no role for it.
    """

    approval: str
    step: str
    why: Literal["condition", "same_approver", "no_role"]
    person: str | None = None


class Approved(Event, frozen=True):
    """One approver said yes to what `seen` is the hash of; `by` gave the answer in their place."""

    task: str
    person: str
    opinion: str
    seen: str
    by: str | None = None


class Rejected(Event, frozen=True):
    """One approver said no; `by` gave the answer in their place."""

    task: str
    person: str
    opinion: str
    seen: str
    by: str | None = None


class Returned(Event, frozen=True):
    """An approver sent the application back: to a role for revision, else to an earlier step."""

    task: str
    person: str
    opinion: str
    role: str | None = None


class StepEnded(Event, frozen=True):
    """A step has its answer. `by_timeout` if nobody gave it in time."""

    task: str
    outcome: Literal["approved", "rejected", "returned"]
    by_timeout: bool = False


class ApprovalEnded(Event, frozen=True):
    """An approval has its answer, in this round."""

    approval: str
    outcome: Literal["approved", "rejected", "returned"]


class RevisionOpened(Event, frozen=True):
    """The application waits for its revision."""

    task: str
    approval: str
    role: str
    filled: Filled


class Resubmitted(Event, frozen=True):
    """The revised application goes on its way again."""

    task: str
    person: str
    comment: str


class Escalated(Event, frozen=True):
    """More people may act on a step that was not answered in time."""

    task: str
    role: str
    filled: Filled
