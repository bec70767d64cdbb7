"""The checked model: what a rulebook means, in no dialect. JSON through msgspec, hashed by content.

Positions are not part of the meaning. They stand beside the model in `Checked.places`, keyed by
the path of a declaration or clause: `item.customer_files`, `item.customer_files.due`; its name is
at `.id`, what has a name of its own at `.content.NAME`, `.evidence.NAME`, `.steps.ID`, a process's
things at `.body.0`, `.body.1.0` (first of the second branch), `.body.2.then.0`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Expression, ItemWord, Party, Wire
from dsl.types import Duration, Tagged, Type

Titles = dict[str, str]
"""Title per language code (`zh`, `en`); the first is the language that the rulebook is written in."""

Channel = Literal["sms", "email", "inbox", "dingtalk", "wecom", "feishu"]
TargetKind = Literal[
    "approval", "item", "gate", "action", "access", "role", "content", "evidence"
]  # fmt: skip
DoKind = Literal["approval", "items", "group", "item", "gate", "action", "access"]


class Place(Struct, frozen=True):
    """Where something is written: layer, offsets (code points) and 1-based line and column."""

    source: str
    start: int
    end: int
    line: int
    column: int


class Fact(Struct, frozen=True, omit_defaults=True):
    """Something a case knows. `private_to` empty: whoever may see the case may see it."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    default: Wire = None
    feed: str | None = None
    private_to: tuple[str, ...] = ()
    set_by: tuple[str, ...] = ()


class Field(Struct, frozen=True, omit_defaults=True):
    """One field of a record."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    default: Wire = None


class Record(Struct, frozen=True, omit_defaults=True):
    """The shape of one row of a list. `key` is unique in a list, `held_by` names the holder's id."""

    id: str
    title: Titles
    fields: tuple[Field, ...]
    key: str
    held_by: str | None = None


class Feed(Struct, frozen=True):
    """A list that another system or a spreadsheet supplies."""

    id: str
    title: Titles
    record: str


class Subject(Tagged, tag="subject"):
    """The person whom the case is about."""


class ManagerOf(Tagged, tag="manager_of"):
    """The direct superior of the people of a role."""

    role: str


class HeadOfDepartmentOf(Tagged, tag="head_of_department_of"):
    """The head of the department that the role's people work in."""

    role: str


class HeadOfDepartment(Tagged, tag="head_of_department"):
    """The head of a department named outside the rulebook."""

    department: str


class HolderOfPost(Tagged, tag="holder_of_post"):
    """Whoever holds a post, in one department or in the subject's own first."""

    post: str
    department: str | None = None


class AnyoneIn(Tagged, tag="anyone_in"):
    """Any one member of a group may act."""

    group: str


class EveryoneIn(Tagged, tag="everyone_in"):
    """Every member of a group."""

    group: str


class NamedBy(Tagged, tag="named_by"):
    """Named by another role in a task of its own, opened when the name is first needed."""

    role: str
    within: Duration | None = None


class ThePerson(Tagged, tag="person"):
    """One person, by id."""

    person: str


class External(Tagged, tag="external"):
    """A party outside the company; it never logs in."""


Resolver = (
    Subject
    | ManagerOf
    | HeadOfDepartmentOf
    | HeadOfDepartment
    | HolderOfPost
    | AnyoneIn
    | EveryoneIn
    | NamedBy
    | ThePerson
    | External
)


class Role(Struct, frozen=True, omit_defaults=True):
    """Who: the resolvers are tried in order; nobody who fills a role of `never` fills this one."""

    id: str
    title: Titles
    resolvers: tuple[Resolver, ...]
    never: tuple[str, ...] = ()


class ForEach(Struct, frozen=True, omit_defaults=True):
    """One instance of the item per record of a list."""

    variable: str
    over: str
    where: Expression | None = None


class Content(Struct, frozen=True, omit_defaults=True):
    """A value that the giver must state."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    when: Expression | None = None


class Evidence(Struct, frozen=True, omit_defaults=True):
    """A file that must be attached; `source` is the role that it comes from."""

    id: str
    title: Titles
    type: Type
    optional: bool = False
    source: str | None = None
    when: Expression | None = None


class Item(Struct, frozen=True, omit_defaults=True):
    """Something that is handed over. `signers`: rounds in order, any order within a round."""

    id: str
    title: Titles
    giver: str
    receiver: str
    signers: tuple[tuple[str, ...], ...]
    group: str | None = None
    applies: Expression | None = None
    each: ForEach | None = None
    accountable: str | None = None
    contents: tuple[Content, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    due: Expression | None = None
    sla: str | None = None
    after: tuple[str, ...] = ()
    read_only_for: tuple[str, ...] = ()
    waiver: str | None = None
    because: str | None = None
    final: bool = False


class Step(Struct, frozen=True, omit_defaults=True):
    """One step of an approval: `need` of the people of `roles` (None: all of them)."""

    id: str
    roles: tuple[str, ...]
    need: int | None = 1
    when: Expression | None = None
    within: Duration | None = None


class EndOnReject(Tagged, tag="end"):
    """A rejection ends the case."""


class ReturnOnReject(Tagged, tag="return_to"):
    """A rejection sends the case back to a role, which revises and resubmits."""

    role: str


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
    """A chain of steps that ends approved or rejected."""

    id: str
    title: Titles
    steps: tuple[Step, ...]
    on_reject: OnReject
    opinion_required: bool = False
    repeat: Literal["allowed", "forbidden", "passes"] = "allowed"
    on_timeout: OnTimeout | None = None
    because: str | None = None


class Rung(Struct, frozen=True):
    """A reminder before, or an escalation after, the deadline of a task."""

    party: Party
    duration: Duration
    direction: Literal["before", "after"]
    channel: Channel
    escalates: bool


class Sla(Struct, frozen=True, omit_defaults=True):
    """A ladder of rungs. The default one serves every item that names none."""

    id: str
    title: Titles
    rungs: tuple[Rung, ...]
    default: bool = False
    pause_waiting_for: str | None = None


class HeldStage(Tagged, tag="stage"):
    """A gate that holds a stage."""

    stage: str


class HeldThing(Tagged, tag="thing"):
    """A gate that holds whatever `releases` it.

    The thing is severance, wages, certificate, archive, access or of the rulebook's own naming.
    """

    thing: str


Held = HeldStage | HeldThing


class Gate(Struct, frozen=True, omit_defaults=True):
    """Holds things back until every condition of `until` is true, or until it is waived."""

    id: str
    title: Titles
    holds: tuple[Held, ...]
    until: tuple[Expression, ...]
    waiver: str | None = None
    say: str | None = None
    because: str | None = None


class Call(Struct, frozen=True):
    """A call to another system."""

    system: str
    operation: str
    arguments: tuple[Expression, ...] = ()


class Action(Struct, frozen=True, omit_defaults=True):
    """Something that a person or a system does at a moment, or when the flow arrives."""

    id: str
    title: Titles
    by: str
    on: Expression | None = None
    call: Call | None = None
    within: Duration | None = None
    releases: tuple[str, ...] = ()
    because: str | None = None


class Access(Struct, frozen=True, omit_defaults=True):
    """An account or right: granted, taken back, passed on."""

    id: str
    title: Titles
    by: str
    grant_on: Expression | None = None
    grant_to: str | None = None
    revoke_on: Expression | None = None
    revoke_from: str | None = None
    transfer_to: str | None = None
    within: Duration | None = None
    because: str | None = None


class Do(Tagged, tag="do"):
    """One thing of a process; `id` is None for `items`, a group's id for `items of GROUP`."""

    kind: DoKind
    id: str | None = None


class StageMark(Tagged, tag="stage"):
    """A stage begins here and lasts to the next mark of the same sequence."""

    id: str
    title: Titles


class Together(Tagged, tag="together"):
    """Branches that run side by side; all must end."""

    branches: tuple[tuple[Flow, ...], ...]


class Choose(Tagged, tag="if"):
    """Two ways; the condition is evaluated once, on arrival."""

    condition: Expression
    then: tuple[Flow, ...]
    otherwise: tuple[Flow, ...] = ()


Flow = Do | StageMark | Together | Choose


class Process(Struct, frozen=True):
    """The way of a case from its opening to its close."""

    id: str
    title: Titles
    started_by: tuple[str, ...]
    managed_by: tuple[str, ...]
    body: tuple[Flow, ...]


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
    """The case opens."""

    at: str


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
        "withdraw", "resubmit",
    ]  # fmt: skip
    target: Target | None = None
    count: int | None = None
    text: str | None = None
    person: str | None = None
    content: tuple[tuple[str, Wire], ...] = ()
    at: str | None = None


class ExpectItem(Tagged, tag="expect_item"):
    """An item instance is in a state."""

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
    """No member of a group has had a notice, save of their own tasks."""

    group: str


class ExpectCase(Tagged, tag="expect_case"):
    """The case has ended, or has not."""

    state: Literal["closed", "open", "rejected", "withdrawn"]


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
    | ExpectCase
)


class Scenario(Struct, frozen=True):
    """An example of use that must hold."""

    id: str
    title: Titles
    lines: tuple[ScenarioLine, ...]


class Rulebook(Struct, frozen=True, omit_defaults=True):
    """A whole rulebook. Declarations keep their order; ids are unique per kind."""

    id: str
    title: Titles
    language: Literal["zh", "en"]
    version: str
    timezone: str
    currency: str
    processes: tuple[Process, ...]
    jurisdiction: str | None = None
    calendar: str | None = None
    maintained_by: str | None = None
    facts: tuple[Fact, ...] = ()
    records: tuple[Record, ...] = ()
    feeds: tuple[Feed, ...] = ()
    roles: tuple[Role, ...] = ()
    slas: tuple[Sla, ...] = ()
    approvals: tuple[Approval, ...] = ()
    items: tuple[Item, ...] = ()
    gates: tuple[Gate, ...] = ()
    actions: tuple[Action, ...] = ()
    accesses: tuple[Access, ...] = ()
    scenarios: tuple[Scenario, ...] = ()


class Checked(Struct, frozen=True):
    """A model with the places that its parts were written in."""

    rulebook: Rulebook
    places: dict[str, Place]
