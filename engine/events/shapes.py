"""Shapes that several events share.

Nothing in an event can refer back to it, so the collector of reference cycles need not look at any.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Wire

People = tuple[str, ...]
TimerKind = Literal["due", "rung", "moment", "wait", "day", "follow_up", "rule", "late", "turn"]


class TimerSet(Struct, frozen=True, omit_defaults=True, gc=False):
    """A timer that stands from now on. Its owner is a task, or what a moment of the case is armed for.

    `rung` counts in the ladder of the task's sla, or among the rules: no two timers of an owner have
    the same kind and rung.
    """

    at: datetime
    kind: TimerKind
    rung: int | None = None

    def is_like(self, other: TimerSet) -> bool:
        """True if both are the same timer of their owner, whenever they are due."""
        return (self.kind, self.rung) == (other.kind, other.rung)


class Slot(Struct, frozen=True, omit_defaults=True, gc=False):
    """One place of a step: `need` of its people must approve, None for all of them.

    Its people are those of `roles` and `people`. Slots of a lower `turn` come first.
    """

    roles: tuple[str, ...]
    need: int | None = 1
    people: People = ()
    turn: int = 0


Bar = Literal["applicant", "left", "excluded", "approved_before"]
"""Why somebody whom a resolver found does not fill a role."""


class Filled(Struct, frozen=True, omit_defaults=True, gc=False):
    """A role as it was resolved: the people, and the resolver (by index) that found them.

    Without people, `lacking` says why: `unnamed` (a naming task is open), `nobody`, `external`.
    `barred` are those who were found and passed over, with the reason.
    """

    people: People
    via: int = 0
    lacking: Literal["unnamed", "nobody", "external"] | None = None
    barred: tuple[tuple[str, Bar], ...] = ()


class Chosen(Struct, frozen=True, gc=False):
    """The rows of a decision table, counted from 0, that chose who acts; none if no row fits."""

    table: str
    rows: tuple[int, ...]


class ItemInstance(Struct, frozen=True, omit_defaults=True, gc=False):
    """One item of one case as it is listed."""

    task: str
    status: Literal["waiting", "open", "not_applicable"]
    key: str | None = None
    record: dict[str, Wire] | None = None
    due: datetime | None = None
    timers: tuple[TimerSet, ...] = ()


class Delivery(Struct, frozen=True, omit_defaults=True, gc=False):
    """One addressee of a notice; without `address` the directory knows none for the channel.

    `passes_to` is the role of an outside party whom it is meant for.
    """

    person: str
    address: str | None = None
    passes_to: str | None = None


class Event(Struct, frozen=True, omit_defaults=True, gc=False):
    """The base of every event's data."""
