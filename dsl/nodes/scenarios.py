"""Source nodes of scenarios: the sentences of people."""

from __future__ import annotations

from typing import Literal

from dsl.expressions.tree import ItemWord
from dsl.model import Channel
from dsl.nodes.declarations import Declared
from dsl.nodes.expressions import Date, DateTime, Name, Node, Text, Value

Verb = Literal[
    "approve", "reject", "return", "resubmit", "name", "hand_over", "sign", "refuse", "waive",
    "complete", "withdraw", "suspend", "resume", "cancel", "count", "call_back", "state_cause", "confirm_cause", "refuse_cause",
]  # fmt: skip
Moment = Date | DateTime
"""When a line happens; a date alone is a whole day, read by resolution."""


class Target(Node, frozen=True):
    """What a line is about: `item I["key"]`; `kind` is None where only the name is written."""

    name: Name
    kind: Literal["approval", "item", "gate", "action", "access", "document", "rule"] | None = None
    key: Text | None = None


class Entry(Node, frozen=True):
    """A fact or a field with its value."""

    name: Name
    value: Value


class GivenFacts(Node, frozen=True):
    """`given F V, G V`."""

    entries: tuple[Entry, ...]


class GivenRow(Node, frozen=True):
    """`given LIST f V, g V`: one record more in a list."""

    fact: Name
    entries: tuple[Entry, ...]


class GivenPerson(Node, frozen=True):
    """`given R is "Name"`."""

    role: Name
    person: Text


class GivenBefore(Node, frozen=True):
    """`given everything before X done`."""

    target: Target


class Start(Node, frozen=True):
    """`start [PROCESS] on T`."""

    at: Moment
    process: Name | None = None


class WaitTime(Node, frozen=True):
    """`wait until T`."""

    at: Moment


class FactBecomes(Node, frozen=True):
    """`fact F becomes V [on T]`."""

    fact: Name
    value: Value
    at: Moment | None = None


class SystemAnswers(Node, frozen=True):
    """`SYSTEM answers OPERATION ok [on T]`."""

    system: Name
    operation: Name
    at: Moment | None = None


class Act(Node, frozen=True):
    """An act of a role's people.

    `count` belongs to `2 of R approve`, `person` and `target` (a role) to `names "P" as ROLE`,
    `content` to `hands over`, `text` is the opinion or the reason; `items` are those for which
    `names` names somebody.
    """

    role: Name
    verb: Verb
    target: Target | None = None
    count: int | None = None
    text: Text | None = None
    person: Text | None = None
    content: tuple[Entry, ...] = ()
    items: tuple[Target, ...] = ()
    at: Moment | None = None


class ExpectItem(Node, frozen=True):
    """`expect item I STATE` or `expect document D STATE`."""

    target: Target
    state: ItemWord


class ExpectDue(Node, frozen=True):
    """`expect item I due DATE`."""

    target: Target
    date: Date


class ExpectApproval(Node, frozen=True):
    """`expect approval A waits for R` / `approved` / `rejected`."""

    approval: Name
    state: Literal["waiting", "approved", "rejected"]
    role: Name | None = None


class ExpectGate(Node, frozen=True):
    """`expect gate G open` / `closed [because item X]`."""

    gate: Name
    open: bool
    because: Target | None = None


class ExpectRefused(Node, frozen=True):
    """`expect refused missing X` / `not allowed` / `too early`."""

    reason: Literal["missing", "not_allowed", "too_early"]
    missing: Target | None = None


class ExpectNotified(Node, frozen=True):
    """`expect notified R [by CH] [about X]`."""

    role: Name
    channel: Channel | None = None
    about: Target | None = None


class ExpectNobodyNotified(Node, frozen=True):
    """`expect nobody notified in group "G"`."""

    group: Text


class ExpectRule(Node, frozen=True):
    """`expect rule R acted` or `not acted`."""

    rule: Name
    acted: bool


class ExpectFact(Node, frozen=True):
    """`expect fact F is V`."""

    fact: Name
    value: Value


class ExpectCase(Node, frozen=True):
    """`expect case closed` and the other ends."""

    state: Literal["closed", "open", "rejected", "withdrawn", "suspended", "cancelled"]


ScenarioLine = (
    GivenFacts
    | GivenRow
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


class Scenario(Declared, frozen=True):
    """An example of use that must hold."""

    lines: tuple[ScenarioLine, ...] = ()
