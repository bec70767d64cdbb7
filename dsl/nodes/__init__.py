"""Source nodes: what a text says, before any name is looked up.

A rulebook is a sequence of parts, one per declaration. Spans inside a declaration are relative to
the begin of its part, so that a part is the same value wherever it stands in the file.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.nodes.calendars import Calendar, CalendarDays, Interval, Weekdays
from dsl.nodes.declarations import (
    Access,
    Action,
    AnyoneIn,
    Approval,
    BackOnReject,
    Bounds,
    Call,
    ChoiceType,
    DecideOnTimeout,
    Declared,
    Document,
    EndOnReject,
    EscalateOnTimeout,
    EveryoneIn,
    External,
    Fact,
    Feed,
    Field,
    Gate,
    Header,
    HeadOfDepartment,
    HeadOfDepartmentOf,
    Held,
    HeldStage,
    HeldText,
    HeldWord,
    HolderOfPost,
    LanguageTitle,
    ListType,
    ManagerOf,
    NamedBy,
    Option,
    Record,
    RemindOnTimeout,
    Resolver,
    ReturnOnReject,
    Role,
    Rung,
    SimpleType,
    Sla,
    Step,
    Subject,
    ThePerson,
    ThingWord,
    TypeNode,
    TypeWord,
)
from dsl.nodes.expressions import (
    Among,
    And,
    ApprovalIs,
    Arithmetic,
    AtTime,
    Compare,
    CountOf,
    Date,
    DateTime,
    DaysUntil,
    Duration,
    EveryItemDone,
    Expression,
    ItemCount,
    ItemIs,
    Known,
    Literals,
    Money,
    Name,
    Node,
    Not,
    Number,
    OneOf,
    Or,
    Party,
    PartyName,
    Path,
    Percent,
    Quantified,
    Shift,
    SumOf,
    SumOfValues,
    SuperiorOf,
    Text,
    Time,
    Value,
    Word,
    YesNo,
)
from dsl.nodes.items import Cause, Content, Copies, Count, Evidence, ForEach, Item
from dsl.nodes.processes import Choose, Do, Flow, FollowUp, Process, StageMark, Together, Wait
from dsl.nodes.rules import (
    AddItem,
    Always,
    ApprovalEvent,
    Audience,
    CaseEvent,
    Effect,
    Escalate,
    Event,
    FactEvent,
    ItemEvent,
    Message,
    MomentEvent,
    Note,
    Notify,
    Require,
    Rule,
    SetFact,
    Unreadable,
    Watch,
)
from dsl.nodes.scenarios import (
    Act,
    Entry,
    ExpectApproval,
    ExpectCase,
    ExpectDue,
    ExpectFact,
    ExpectGate,
    ExpectItem,
    ExpectNobodyNotified,
    ExpectNotified,
    ExpectRefused,
    ExpectRule,
    FactBecomes,
    GivenBefore,
    GivenFacts,
    GivenPerson,
    GivenRow,
    Moment,
    Scenario,
    ScenarioLine,
    Start,
    SystemAnswers,
    Target,
    Verb,
    WaitTime,
)
from dsl.nodes.tables import (
    AnyCell,
    Cell,
    Given,
    Gives,
    RangeCell,
    RoleWord,
    Row,
    SideCell,
    Table,
    TestNode,
)
from dsl.source import Span

Declaration = (
    Fact | Record | Feed | Role | Table | Item | Approval | Sla | Calendar | Gate | Action
    | Access | Document | Process | Rule | Audience | Scenario
)  # fmt: skip


class Comment(Struct, frozen=True):
    """A comment with its `#`; for the formatter, which puts it back by its place."""

    text: str
    span: Span


class Part(Struct, frozen=True, omit_defaults=True):
    """One declaration in its text.

    Attributes:
        start: offset of the part in the original text; a span `s` of the declaration stands at
            `part.at(s)` of the text.
        declaration: None if its text could not be read (a diagnostic says why).
        broken: True if a line of the declaration could not be read and is left out, so what seems
            to be missing may have been written.
        comments: the comments from its first line to the next part, spans relative.
        lost: the id that an unreadable declaration seems to have, so that nobody reports its uses.
    """

    start: int
    declaration: Declaration | None
    broken: bool = False
    comments: tuple[Comment, ...] = ()
    lost: str | None = None

    def at(self, span: Span) -> Span:
        """The span in the original text."""
        return span.shift(self.start)


class Rulebook(Struct, frozen=True, omit_defaults=True):
    """A whole text. The header's part starts at 0, so its spans are those of the text.

    Attributes:
        header: None if the text does not begin with `rulebook` or its first line is unreadable.
        header_broken: as `Part.broken`, for the header.
        comments: the comments before the first declaration.
        unread: the words of the lines that could not be read: one of them may be a name that is
            declared there.
        unnamed: the kinds of unreadable declarations that do not show which name they declare.
        mended: the statements that could be read only after a repair, in order. What else is wrong
            in them may be due to the repair.
        based: it says that it extends a base, which is not read: any name may be declared there.
    """

    dialect: Literal["en", "zh"]
    header: Header | None
    parts: tuple[Part, ...]
    header_broken: bool = False
    comments: tuple[Comment, ...] = ()
    unread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    mended: tuple[Span, ...] = ()
    based: bool = False


__all__ = [
    "Access",
    "Act",
    "Action",
    "AddItem",
    "Always",
    "Among",
    "And",
    "AnyCell",
    "AnyoneIn",
    "Approval",
    "ApprovalEvent",
    "ApprovalIs",
    "Arithmetic",
    "AtTime",
    "Audience",
    "BackOnReject",
    "Bounds",
    "Calendar",
    "CalendarDays",
    "Call",
    "CaseEvent",
    "Cause",
    "Cell",
    "ChoiceType",
    "Choose",
    "Comment",
    "Compare",
    "Content",
    "Copies",
    "Count",
    "CountOf",
    "Date",
    "DateTime",
    "DaysUntil",
    "DecideOnTimeout",
    "Declaration",
    "Declared",
    "Do",
    "Document",
    "Duration",
    "Effect",
    "EndOnReject",
    "Entry",
    "Escalate",
    "EscalateOnTimeout",
    "Event",
    "EveryItemDone",
    "EveryoneIn",
    "Evidence",
    "ExpectApproval",
    "ExpectCase",
    "ExpectDue",
    "ExpectFact",
    "ExpectGate",
    "ExpectItem",
    "ExpectNobodyNotified",
    "ExpectNotified",
    "ExpectRefused",
    "ExpectRule",
    "Expression",
    "External",
    "Fact",
    "FactBecomes",
    "FactEvent",
    "Feed",
    "Field",
    "Flow",
    "FollowUp",
    "ForEach",
    "Gate",
    "Given",
    "GivenBefore",
    "GivenFacts",
    "GivenPerson",
    "GivenRow",
    "Gives",
    "HeadOfDepartment",
    "HeadOfDepartmentOf",
    "Header",
    "Held",
    "HeldStage",
    "HeldText",
    "HeldWord",
    "HolderOfPost",
    "Interval",
    "Item",
    "ItemCount",
    "ItemEvent",
    "ItemIs",
    "Known",
    "LanguageTitle",
    "ListType",
    "Literals",
    "ManagerOf",
    "Message",
    "Moment",
    "MomentEvent",
    "Money",
    "Name",
    "NamedBy",
    "Node",
    "Not",
    "Note",
    "Notify",
    "Number",
    "OneOf",
    "Option",
    "Or",
    "Part",
    "Party",
    "PartyName",
    "Path",
    "Percent",
    "Process",
    "Quantified",
    "RangeCell",
    "Record",
    "RemindOnTimeout",
    "Require",
    "Resolver",
    "ReturnOnReject",
    "Role",
    "RoleWord",
    "Row",
    "Rule",
    "Rulebook",
    "Rung",
    "Scenario",
    "ScenarioLine",
    "SetFact",
    "Shift",
    "SideCell",
    "SimpleType",
    "Sla",
    "Span",
    "StageMark",
    "Start",
    "Step",
    "Subject",
    "SumOf",
    "SumOfValues",
    "SuperiorOf",
    "SystemAnswers",
    "Table",
    "Target",
    "TestNode",
    "Text",
    "ThePerson",
    "ThingWord",
    "Time",
    "Together",
    "TypeNode",
    "TypeWord",
    "Unreadable",
    "Value",
    "Verb",
    "Wait",
    "WaitTime",
    "Watch",
    "Weekdays",
    "Word",
    "YesNo",
]
