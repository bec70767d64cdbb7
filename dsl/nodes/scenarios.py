"""Source nodes of scenarios: the sentences of people."""

from __future__ import annotations

from typing import Literal

from dsl.model import ApprovalEnd, Channel, ItemState, RefusalWord, StepWord, TaskState
from dsl.nodes.declarations import Declared
from dsl.nodes.expressions import Date, DateTime, Name, Node, Text, Value

Verb = Literal[
    "approve", "reject", "return", "resubmit", "name", "hand_over", "sign", "refuse", "waive",
    "complete", "withdraw", "suspend", "resume", "cancel", "count", "call_back", "state_cause", "confirm_cause", "refuse_cause",
    "reopen", "claim", "give_back", "delegate", "reassign", "add_before", "add_beside", "add_after", "take_off",
]  # fmt: skip
Who = Name | Text
"""Whose act it is, or whom something is about: a role, or a person by name."""
Moment = Date | DateTime
"""When a line happens; a date alone is a whole day, read by resolution."""


TargetWord = Literal[
    "approval", "item", "gate", "action", "access", "document", "rule", "stage"
]  # fmt: skip


class Target(Node, frozen=True):
    """What a line is about: `item I["key"]`; `kind` is None where only the name is written."""

    name: Name
    kind: TargetWord | None = None
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


class GivenAs(Node, frozen=True):
    """`given as in S`: what scenario S is given, this one is given too."""

    scenario: Name


class Heading(Node, frozen=True):
    """The head of a column of examples: a fact that is given, or what is expected of something.

    A step has its name in `step` and its approval in `target`.
    """

    kind: Literal["given", "state", "due", "step", "rule", "fact", "refused"]
    target: Target | None = None
    step: Name | None = None


class Sample(Node, frozen=True):
    """A cell of an example: a value, a word for a state, what is missing; or nothing."""

    value: Value | None = None
    word: str | None = None
    missing: Target | None = None


class ExampleColumns(Node, frozen=True):
    """`| example | F | item I | …`: what the examples differ in."""

    headings: tuple[Heading, ...]


class ExampleRow(Node, frozen=True):
    """`| "name" | V | STATE | …`: one example, which is played and told by itself."""

    name: Text
    samples: tuple[Sample, ...]


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
    """`SYSTEM answers OPERATION ok [on T]`, or `failed`."""

    system: Name
    operation: Name
    ok: bool = True
    at: Moment | None = None


class FeedReports(Node, frozen=True):
    """`FEED reports f V, g V [on T]`: a row that is new, or another for one that was there."""

    feed: Name
    entries: tuple[Entry, ...]
    at: Moment | None = None


class FeedDrops(Node, frozen=True):
    """`FEED no longer has "key" [on T]`."""

    feed: Name
    key: Text
    at: Moment | None = None


class StandsIn(Node, frozen=True):
    """`R lets "Name" stand in from D to D [on T]`."""

    who: Who
    person: Text
    first: Date
    last: Date
    at: Moment | None = None


class ComesOrGoes(Node, frozen=True):
    """`R is back [on T]`, or `R leaves [on T]`."""

    who: Who
    how: Literal["back", "leaves"]
    at: Moment | None = None


class Act(Node, frozen=True):
    """An act of a role's people, or of a person.

    `count` belongs to `2 of R approve`, `person` and `target` (a role) to `names "P" as ROLE`,
    `content` to `hands over`, `text` is the opinion or the reason; `items` are those for which
    `names` names somebody; `former` is from whom a task is taken that is given to `person`.
    """

    who: Who
    verb: Verb
    target: Target | None = None
    count: int | None = None
    text: Text | None = None
    person: Text | None = None
    former: Text | None = None
    content: tuple[Entry, ...] = ()
    items: tuple[Target, ...] = ()
    at: Moment | None = None


class ExpectItem(Node, frozen=True):
    """`expect item I STATE` or `expect document D STATE`."""

    target: Target
    state: ItemState


class ExpectTask(Node, frozen=True):
    """`expect action A STATE` or `expect access A STATE`."""

    target: Target
    state: TaskState


class ExpectReached(Node, frozen=True):
    """`expect KIND X reached` or `not reached`: it has come up, or never has."""

    target: Target
    reached: bool


class ExpectStep(Node, frozen=True):
    """`expect step A.S reached`, `not reached` or `skipped`."""

    approval: Name
    step: Name
    state: StepWord


class ExpectDue(Node, frozen=True):
    """`expect item I due DATE [TIME]`, of approvals, actions and accesses too."""

    target: Target
    at: Moment


class ExpectWaiting(Node, frozen=True):
    """`expect approval A waits for R`, of items, actions, accesses and documents too."""

    target: Target
    who: Who


class ExpectApproval(Node, frozen=True):
    """`expect approval A approved` / `rejected` / `returned`."""

    target: Target
    state: ApprovalEnd


class ExpectGate(Node, frozen=True):
    """`expect gate G open` / `closed [because item X]`."""

    target: Target
    open: bool
    because: Target | None = None


class ExpectRefused(Node, frozen=True):
    """`expect refused missing X`, `not allowed`, another reason, or the code of one."""

    reason: RefusalWord
    missing: Target | None = None
    code: Text | None = None


class ExpectNotified(Node, frozen=True):
    """`expect notified R [by CH] [about X]`, or `not notified`."""

    who: Who
    channel: Channel | None = None
    about: Target | None = None
    told: bool = True


class ExpectNobodyNotified(Node, frozen=True):
    """`expect nobody notified in group "G"`."""

    group: Text


class ExpectRule(Node, frozen=True):
    """`expect rule R acted` or `not acted`."""

    rule: Name
    acted: bool


class ExpectWarning(Node, frozen=True):
    """`expect warning RULE["key"]` or `no warning`: an early warning stands, or does not."""

    target: Target
    stands: bool


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
    | GivenAs
    | ExampleColumns
    | ExampleRow
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


class Scenario(Declared, frozen=True):
    """An example of use that must hold."""

    lines: tuple[ScenarioLine, ...] = ()
    must_fail: Text | None = None
