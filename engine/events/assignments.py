"""Who does a task in whose place: claims, delegations, substitutes, and changed approvers."""

from __future__ import annotations

from typing import Literal

from engine.events.shapes import Event, Filled


class Claimed(Event, frozen=True):
    """One of several who could do a task has taken it upon themself."""

    task: str
    person: str


class Released(Event, frozen=True):
    """A claim was given back; `by` did it, where that was somebody else."""

    task: str
    person: str
    by: str


class Delegated(Event, frozen=True):
    """`to` may do the task in the place of `person`, who stays accountable for it."""

    task: str
    person: str
    to: str
    reason: str


class Substituted(Event, frozen=True):
    """`person` is away: their substitute `to` does the task in their place."""

    task: str
    person: str
    to: str


class StandInEnded(Event, frozen=True):
    """A delegation was taken or given back, or a substitution is over: it is `person`'s alone again."""

    task: str
    person: str
    to: str


class Reassigned(Event, frozen=True):
    """The task is no longer `person`'s (None: nobody's) but `to`'s. `roles` are filled like this now."""

    task: str
    person: str | None
    to: str
    by: str
    reason: str
    roles: dict[str, Filled]


class ApproverAdded(Event, frozen=True):
    """One more approver, whose yes the step needs; `turn` puts them before, beside or after the others."""

    task: str
    person: str
    by: str
    place: Literal["before", "beside", "after"]
    turn: int
    reason: str


class ApproverRemoved(Event, frozen=True):
    """An approver who has not answered is asked no longer."""

    task: str
    person: str
    by: str
    reason: str
