"""Scenarios: the sentences of people, their acts and what is expected."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Wire
from dsl.model.words import (
    ApprovalEnd,
    Channel,
    ItemState,
    RefusalWord,
    StepWord,
    TargetKind,
    TaskState,
    Titles,
)
from dsl.types import Tagged


class Target(Struct, frozen=True, omit_defaults=True):
    """What an act or an expectation of a scenario is about; `key` is a record's key."""

    kind: TargetKind
    id: str
    key: str | None = None


class Who(Struct, frozen=True, omit_defaults=True):
    """The people of a role, or a person by name: one of the two is said."""

    role: str | None = None
    name: str | None = None


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


class GivenAs(Tagged, tag="given_as"):
    """What another scenario is given, this one is given too."""

    scenario: str


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


class FeedReports(Tagged, tag="feed_reports"):
    """Another system reports a row: a new one, or another for the one of that key."""

    feed: str
    row: dict[str, Wire]
    at: str | None = None


class FeedDrops(Tagged, tag="feed_drops"):
    """Another system has the row of that key no longer."""

    feed: str
    key: str
    at: str | None = None


class StandsIn(Tagged, tag="stands_in"):
    """A person does what falls to somebody from the first to the last day, both included."""

    who: Who
    person: str
    first: str
    last: str
    at: str | None = None


class ComesOrGoes(Tagged, tag="comes_or_goes"):
    """Somebody is back, so that nobody stands in for them any more, or leaves the company."""

    who: Who
    how: Literal["back", "leaves"]
    at: str | None = None


class Act(Tagged, tag="act"):
    """An act of people. Times are local to the rulebook's zone (`2026-03-02T09:00`)."""

    who: Who
    verb: Literal[
        "approve", "reject", "return", "name", "hand_over", "sign", "refuse", "waive", "complete",
        "withdraw", "suspend", "resume", "cancel", "resubmit", "count", "call_back", "state_cause", "confirm_cause",
        "refuse_cause", "reopen", "claim", "give_back", "delegate", "reassign", "add_before", "add_beside", "add_after",
        "take_off",
    ]  # fmt: skip
    target: Target | None = None
    count: int | None = None
    text: str | None = None
    person: str | None = None
    former: str | None = None
    content: tuple[tuple[str, Wire], ...] = ()
    items: tuple[Target, ...] = ()
    at: str | None = None


class ExpectItem(Tagged, tag="expect_item"):
    """An item instance, or a document, is in a state."""

    target: Target
    state: ItemState


class ExpectTask(Tagged, tag="expect_task"):
    """An action or an access is in a state."""

    target: Target
    state: TaskState


class ExpectReached(Tagged, tag="expect_reached"):
    """The case has come to something, or never has."""

    target: Target
    reached: bool


class ExpectStep(Tagged, tag="expect_step"):
    """A step of an approval has opened, never has, or was passed over."""

    approval: str
    step: str
    state: StepWord


class ExpectDue(Tagged, tag="expect_due"):
    """Something is due on a date, or at a local time of the rulebook."""

    target: Target
    at: str


class ExpectWaiting(Tagged, tag="expect_waiting"):
    """Something waits for somebody."""

    target: Target
    who: Who


class ExpectApproval(Tagged, tag="expect_approval"):
    """An approval has ended."""

    approval: str
    state: ApprovalEnd


class ExpectGate(Tagged, tag="expect_gate"):
    """A gate is open, or closed because of something."""

    gate: str
    open: bool
    because: Target | None = None


class ExpectRefused(Tagged, tag="expect_refused"):
    """The act before this was refused for that reason."""

    reason: RefusalWord
    missing: str | None = None
    code: str | None = None


class ExpectNotified(Tagged, tag="expect_notified"):
    """A notice went to somebody, or none did."""

    who: Who
    channel: Channel | None = None
    about: Target | None = None
    told: bool = True


class ExpectNobodyNotified(Tagged, tag="expect_nobody_notified"):
    """No member of a group has had a notice."""

    group: str


class ExpectRule(Tagged, tag="expect_rule"):
    """A rule has acted, or has not."""

    rule: str
    acted: bool


class ExpectWarning(Tagged, tag="expect_warning"):
    """An early warning of a rule stands, or does not; of one record if `key` is said."""

    rule: str
    stands: bool
    key: str | None = None


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
    | GivenAs
    | Start
    | WaitTime
    | FactBecomes
    | SystemAnswers
    | FeedReports
    | FeedDrops
    | StandsIn
    | ComesOrGoes
    | Act
    | ExpectItem
    | ExpectTask
    | ExpectReached
    | ExpectStep
    | ExpectDue
    | ExpectWaiting
    | ExpectApproval
    | ExpectGate
    | ExpectRefused
    | ExpectNotified
    | ExpectNobodyNotified
    | ExpectRule
    | ExpectWarning
    | ExpectFact
    | ExpectCase
)


class Example(Struct, frozen=True):
    """A row of a scenario: what is given besides, and what is expected at the end."""

    name: str
    given: GivenFacts
    expects: tuple[ScenarioLine, ...]


class Scenario(Struct, frozen=True, omit_defaults=True):
    """An example of use that must hold, or one for each row of examples.

    With `must_fail`, the reason, it must not hold.
    """

    id: str
    title: Titles
    lines: tuple[ScenarioLine, ...]
    examples: tuple[Example, ...] = ()
    must_fail: str | None = None
