"""Scenarios: the sentences of people, their acts and what is expected."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import ItemWord, Wire
from dsl.model.words import Channel, TargetKind, Titles
from dsl.types import Tagged


class Target(Struct, frozen=True, omit_defaults=True):
    """What an act or an expectation of a scenario is about; `key` is a record's key."""

    kind: TargetKind
    id: str
    key: str | None = None


class GivenFacts(Tagged, tag="given_facts"):
    """Facts of the scenario; each entry is a fact's id and its wire value. Lists append."""

    values: tuple[tuple[str, Wire], ...]


class GivenPerson(Tagged, tag="given_person"):
    """A role is filled by a person of that name."""

    role: str
    name: str


class GivenBefore(Tagged, tag="given_before"):
    """Everything that the flow asks for before the target has been done by whoever should."""

    target: Target


class Start(Tagged, tag="start"):
    """The case opens; `process` is the first one if it is not named."""

    at: str
    process: str | None = None


class WaitTime(Tagged, tag="wait"):
    """The clock goes on; timers that fall due on the way fire in order."""

    at: str


class FactBecomes(Tagged, tag="fact_becomes"):
    """Somebody who may do so changes a fact."""

    fact: str
    value: Wire
    at: str | None = None


class SystemAnswers(Tagged, tag="system_answers"):
    """Another system answers a call."""

    system: str
    operation: str
    ok: bool = True
    at: str | None = None


class Act(Tagged, tag="act"):
    """An act of a role's people. Times are local to the rulebook's zone (`2026-03-02T09:00`)."""

    role: str
    verb: Literal[
        "approve", "reject", "return", "name", "hand_over", "sign", "refuse", "waive", "complete",
        "withdraw", "suspend", "resume", "cancel", "resubmit", "count", "call_back", "state_cause", "confirm_cause",
        "refuse_cause",
    ]  # fmt: skip
    target: Target | None = None
    count: int | None = None
    text: str | None = None
    person: str | None = None
    content: tuple[tuple[str, Wire], ...] = ()
    items: tuple[Target, ...] = ()
    at: str | None = None


class ExpectItem(Tagged, tag="expect_item"):
    """An item instance, or a document, is in a state."""

    target: Target
    state: ItemWord


class ExpectDue(Tagged, tag="expect_due"):
    """An item instance is due on a date."""

    target: Target
    date: str


class ExpectApproval(Tagged, tag="expect_approval"):
    """An approval waits for a role, or has ended."""

    approval: str
    state: Literal["waiting", "approved", "rejected"]
    role: str | None = None


class ExpectGate(Tagged, tag="expect_gate"):
    """A gate is open, or closed because of something."""

    gate: str
    open: bool
    because: Target | None = None


class ExpectRefused(Tagged, tag="expect_refused"):
    """The act before this was refused for that reason."""

    reason: Literal["missing", "not_allowed", "too_early"]
    missing: str | None = None


class ExpectNotified(Tagged, tag="expect_notified"):
    """A notice went to a role's people."""

    role: str
    channel: Channel | None = None
    about: Target | None = None


class ExpectNobodyNotified(Tagged, tag="expect_nobody_notified"):
    """No member of a group has had a notice."""

    group: str


class ExpectRule(Tagged, tag="expect_rule"):
    """A rule has acted, or has not."""

    rule: str
    acted: bool


class ExpectFact(Tagged, tag="expect_fact"):
    """A fact has a value."""

    fact: str
    value: Wire


class ExpectCase(Tagged, tag="expect_case"):
    """The case has ended, or has not."""

    state: Literal["closed", "open", "rejected", "withdrawn", "suspended", "cancelled"]


ScenarioLine = (
    GivenFacts
    | GivenPerson
    | GivenBefore
    | Start
    | WaitTime
    | FactBecomes
    | SystemAnswers
    | Act
    | ExpectItem
    | ExpectDue
    | ExpectApproval
    | ExpectGate
    | ExpectRefused
    | ExpectNotified
    | ExpectNobodyNotified
    | ExpectRule
    | ExpectFact
    | ExpectCase
)


class Scenario(Struct, frozen=True):
    """An example of use that must hold."""

    id: str
    title: Titles
    lines: tuple[ScenarioLine, ...]
