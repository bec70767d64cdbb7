"""Approvals: steps, and what follows from a rejection or from silence."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Expression, TableValue
from dsl.model.words import Titles
from dsl.types import Duration, Tagged


class Step(Struct, frozen=True, omit_defaults=True):
    """One step of an approval: `need` of the people of `roles` (None: all of them).

    With `chosen`, a decision table says on arrival which of `roles` those are.
    """

    id: str
    roles: tuple[str, ...]
    need: int | None = 1
    chosen: TableValue | None = None
    when: Expression | None = None
    within: Duration | None = None


class EndOnReject(Tagged, tag="end"):
    """A rejection ends the case."""


class ReturnOnReject(Tagged, tag="return_to"):
    """A rejection sends the case back to a role, which revises and resubmits.

    The chain begins again, or goes on from `step` if it had come so far.
    """

    role: str
    step: str | None = None


class BackOnReject(Tagged, tag="back_to"):
    """A rejection sends the chain back to an earlier step."""

    step: str


OnReject = EndOnReject | ReturnOnReject | BackOnReject


class EscalateOnTimeout(Tagged, tag="escalate"):
    """The role is added to the step; the original approver stays."""

    role: str


class DecideOnTimeout(Tagged, tag="decide"):
    """The step ends by itself, one way or the other."""

    outcome: Literal["approve", "reject"]


class RemindOnTimeout(Tagged, tag="remind"):
    """The approver is reminded."""


OnTimeout = EscalateOnTimeout | DecideOnTimeout | RemindOnTimeout


class Approval(Struct, frozen=True, omit_defaults=True):
    """A chain of steps that ends approved or rejected.

    Where `on_reject` is left out, a rejection ends the case; of an approval that only a rule requires, it
    goes on holding what waits for it, and the first of those who start the process may resubmit.
    """

    id: str
    title: Titles
    steps: tuple[Step, ...]
    on_reject: OnReject | None = None
    opinion_required: bool = False
    repeat: Literal["allowed", "forbidden", "passes"] = "allowed"
    on_timeout: OnTimeout | None = None
    because: str | None = None
    final: bool = False
