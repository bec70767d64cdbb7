"""Source nodes of declarations. A clause that is not written is None, False or an empty tuple.

A clause that may stand once only is in a single field: the parser has reported a second one.
What must be written but is not (an item without `from`) is left for resolution to report.
"""

from __future__ import annotations

from typing import Literal

from dsl.model import Channel
from dsl.nodes.expressions import Duration, Expression, Name, Node, Number, Party, Path, Text, Value


class LanguageTitle(Node, frozen=True):
    """`title en "…"`, or `en "…"` behind the title of what has no lines of its own."""

    language: Name
    text: Text


class Allowance(Node, frozen=True):
    """`allow W502 because "…"`: a warning about the declaration is not shown."""

    code: Name
    because: Text


class Declared(Node, frozen=True, kw_only=True):
    """What every declaration has. `span` reaches from its keyword to its last token.

    A declaration without a title has been reported; its id then stands for the title. Scenarios are
    never final: they show what a rulebook does and ask for nothing.
    """

    id: Name
    title: Text
    titles: tuple[LanguageTitle, ...] = ()
    because: Text | None = None
    final: bool = False
    allowances: tuple[Allowance, ...] = ()


class Extends(Node, frozen=True):
    """`extends BASE RANGE`; the range as it is written, without spaces."""

    base: Name
    range: Text


class Header(Declared, frozen=True):
    """The lines at the top of the text."""

    version: Text | None = None
    extends: Extends | None = None
    jurisdiction: Name | None = None
    calendar: Name | None = None
    timezone: Text | None = None
    currency: Name | None = None
    maintained_by: Text | None = None


TypeWord = Literal[
    "text", "integer", "number", "percent", "money", "date", "time", "datetime", "duration",
    "yes_no", "person", "department", "file",
]  # fmt: skip
ThingWord = Literal["severance", "wages", "certificate", "archive", "access"]


class SimpleType(Node, frozen=True):
    """A type that is one word."""

    word: TypeWord


class Option(Node, frozen=True):
    """One option of a choice."""

    id: Name
    title: Text | None = None
    titles: tuple[LanguageTitle, ...] = ()


class ChoiceType(Node, frozen=True):
    """`choice a "t", b`."""

    options: tuple[Option, ...]


class ListType(Node, frozen=True):
    """`list of RECORD`."""

    record: Name


TypeNode = SimpleType | ChoiceType | ListType


class Bounds(Node, frozen=True):
    """`1..15`, both ends included."""

    low: Number
    high: Number


class Fact(Declared, frozen=True):
    """Something a case knows."""

    type: TypeNode
    optional: bool = False
    default: Value | None = None
    bounds: Bounds | None = None
    feed: Name | None = None
    private_to: tuple[Name, ...] = ()
    set_by: tuple[Name, ...] = ()


class Field(Node, frozen=True):
    """One field of a record."""

    id: Name
    type: TypeNode
    title: Text | None = None
    titles: tuple[LanguageTitle, ...] = ()
    optional: bool = False
    default: Value | None = None
    bounds: Bounds | None = None


class Record(Declared, frozen=True):
    """The shape of one row of a list."""

    fields: tuple[Field, ...] = ()
    key: Name | None = None
    held_by: Name | None = None


class Feed(Declared, frozen=True):
    """A list that another system supplies."""

    record: Name


class Subject(Node, frozen=True):
    """`subject`."""


class ManagerOf(Node, frozen=True):
    """`manager of R`."""

    role: Name


class HeadOfDepartmentOf(Node, frozen=True):
    """`head of department of R`."""

    role: Name


class HeadOfDepartment(Node, frozen=True):
    """`head of department "X"`."""

    department: Text


class HolderOfPost(Node, frozen=True):
    """`holder of post "X" [in department "Y"]`."""

    post: Text
    department: Text | None = None


class AnyoneIn(Node, frozen=True):
    """`anyone in group "G"`."""

    group: Text


class EveryoneIn(Node, frozen=True):
    """`everyone in group "G"`."""

    group: Text


class NamedBy(Node, frozen=True):
    """`named by R [within D]`."""

    role: Name
    within: Duration | None = None


class ThePerson(Node, frozen=True):
    """`person "ID"`."""

    person: Text


class External(Node, frozen=True):
    """`external`."""


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


class Role(Declared, frozen=True):
    """Who; the first resolver and its fallbacks."""

    resolvers: tuple[Resolver, ...] = ()
    never: tuple[Name, ...] = ()


class Step(Node, frozen=True):
    """One step; `mode` says how many of `roles` decide, `count` belongs to `count`.

    With `chosen`, a decision table names the roles: `step T.X`, `step all of T.X`.
    """

    roles: tuple[Name, ...]
    mode: Literal["one", "all", "any", "count"]
    count: int | None = None
    id: Name | None = None
    when: Expression | None = None
    within: Duration | None = None
    chosen: Path | None = None

    @property
    def known_as(self) -> str:
        """Its id: as it says, else those of its roles, joined, or of a table's column."""
        if self.id is not None:
            return self.id.text
        return self.chosen.names[-1].text if self.chosen else "_".join(r.text for r in self.roles)


class EndOnReject(Node, frozen=True):
    """`on reject end`."""


class ReturnOnReject(Node, frozen=True):
    """`on reject return to R [from step ID]`."""

    role: Name
    step: Name | None = None


class BackOnReject(Node, frozen=True):
    """`on reject back to step ID`."""

    step: Name


class EscalateOnTimeout(Node, frozen=True):
    """`on timeout escalate to R`."""

    role: Name


class DecideOnTimeout(Node, frozen=True):
    """`on timeout approve` or `reject`."""

    outcome: Literal["approve", "reject"]


class RemindOnTimeout(Node, frozen=True):
    """`on timeout remind`."""


class Approval(Declared, frozen=True):
    """A chain of steps. `repeat`: `nobody approves twice` / `same approver passes`."""

    steps: tuple[Step, ...] = ()
    opinion_required: bool = False
    repeat: Literal["allowed", "forbidden", "passes"] = "allowed"
    on_reject: EndOnReject | ReturnOnReject | BackOnReject | None = None
    on_timeout: EscalateOnTimeout | DecideOnTimeout | RemindOnTimeout | None = None


class Rung(Node, frozen=True):
    """`remind P D before due by CH` or `escalate to P D after due by CH`."""

    party: Party
    duration: Duration
    direction: Literal["before", "after"]
    channel: Channel
    escalates: bool


class Sla(Declared, frozen=True):
    """A ladder of reminders and escalations."""

    default: bool = False
    rungs: tuple[Rung, ...] = ()
    pause_waiting_for: Name | None = None


class HeldStage(Node, frozen=True):
    """`stage ID`."""

    stage: Name


class HeldWord(Node, frozen=True):
    """A thing that the language has a word for."""

    word: ThingWord


class HeldText(Node, frozen=True):
    """A thing of the rulebook's own naming, quoted."""

    text: Text


Held = HeldStage | HeldWord | HeldText


class Gate(Declared, frozen=True):
    """Holds things back until every condition of `until` is true."""

    holds: tuple[Held, ...] = ()
    until: tuple[Expression, ...] = ()
    waiver: Name | None = None
    say: Text | None = None


class Call(Node, frozen=True):
    """`call SYSTEM.OPERATION [with a, b]`."""

    system: Name
    operation: Name
    arguments: tuple[Expression, ...] = ()


class Action(Declared, frozen=True):
    """Something that a person or a system does. `within` comes from `by R within D`."""

    on: Expression | None = None
    call: Call | None = None
    by: Name | None = None
    within: Duration | None = None
    releases: tuple[HeldWord | HeldText, ...] = ()


class Access(Declared, frozen=True):
    """An account or right."""

    grant_on: Expression | None = None
    grant_to: Name | None = None
    revoke_on: Expression | None = None
    revoke_from: Name | None = None
    transfer_to: Name | None = None
    by: Name | None = None
    within: Duration | None = None


class Document(Declared, frozen=True):
    """A paper that is drawn up and signed. `signers` as those of an item."""

    template: Text | None = None
    signers: tuple[tuple[Name, ...], ...] = ()
    releases: tuple[HeldWord | HeldText, ...] = ()
