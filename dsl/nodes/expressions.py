"""Source nodes of expressions: untyped, literals as they were written.

Spans are relative to the declaration that a node belongs to, see `dsl.nodes.Part`.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import ApprovalWord, Comparison, ItemWord
from dsl.source import Span
from dsl.types import DurationUnit

Word = Literal[
    "giver", "receiver", "accountable", "approver", "subject", "item",
    "id", "name", "department", "post", "level", "manager", "groups", "mail", "phone", "language",
    "hire_date", "account", "title", "due",
]  # fmt: skip
"""What a name can stand for in either dialect, where nothing of that name is declared."""


class Node(Struct, frozen=True, kw_only=True, tag_field="node", tag=True, omit_defaults=True):
    """Base of all nodes. `span` comes last and by keyword: `Text("a", span=Span(0, 3))`."""

    span: Span


class Name(Node, frozen=True):
    """An identifier.

    `word` is the word of both dialects that the text stands for (`移交人` and `giver` are `giver`),
    or None; it is None for a name in back quotes, which is always the name.
    """

    text: str
    word: Word | None = None


class Text(Node, frozen=True):
    """A quoted text, without its quotes and escapes."""

    text: str


class Number(Node, frozen=True):
    """A number as written in ASCII digits: `15`, `2.50`, `-3`."""

    text: str


class Percent(Node, frozen=True):
    """A percentage, without its sign: `60%` is `60`."""

    text: str


class Money(Node, frozen=True):
    """An amount and its currency: `18000 CNY`."""

    amount: str
    currency: Name


class Date(Node, frozen=True):
    """A day, `2026-03-31`; not yet checked against the calendar."""

    text: str


class Time(Node, frozen=True):
    """A time of day, `18:00`; not yet checked."""

    text: str


class DateTime(Node, frozen=True):
    """A day with a time of day; local to the rulebook's zone."""

    date: Date
    time: Time


class Duration(Node, frozen=True):
    """A whole number of a unit: `2 working days`."""

    amount: int
    unit: DurationUnit


class YesNo(Node, frozen=True):
    """Yes or no."""

    value: bool


class Path(Node, frozen=True):
    """A name or names with dots: `leaver.name`. A bare choice option is a path of one name."""

    names: tuple[Name, ...]


class Compare(Node, frozen=True):
    """A comparison."""

    op: Comparison
    left: Expression
    right: Expression


class Arithmetic(Node, frozen=True):
    """A sum, difference, product or quotient."""

    op: Literal["+", "-", "*", "/"]
    left: Expression
    right: Expression


class OneOf(Node, frozen=True):
    """`value in [a, b]`."""

    value: Expression
    options: tuple[Expression, ...]


class And(Node, frozen=True):
    """Two or more parts, all of them."""

    parts: tuple[Expression, ...]


class Or(Node, frozen=True):
    """Two or more parts, any of them."""

    parts: tuple[Expression, ...]


class Not(Node, frozen=True):
    """The opposite."""

    of: Expression


class Known(Node, frozen=True):
    """`known F`."""

    fact: Path


class Quantified(Node, frozen=True):
    """`any x in L where C` or `every x in L where C`."""

    which: Literal["any", "every"]
    variable: Name
    over: Path
    where: Expression


class CountOf(Node, frozen=True):
    """`count of L`."""

    over: Path


class SumOf(Node, frozen=True):
    """`sum of x.f in L`."""

    variable: Name
    field: Name
    over: Path


class SumOfValues(Node, frozen=True):
    """`sum of T.X`, over what a decision table has collected."""

    over: Path


class Among(Node, frozen=True):
    """`value in T.X`, in what a decision table has collected."""

    value: Expression
    several: Path


class Shift(Node, frozen=True):
    """`D before M` or `D after M`."""

    base: Expression
    duration: Duration
    direction: Literal["before", "after"]


class AtTime(Node, frozen=True):
    """`M 18:00`, where M is not a date literal."""

    base: Expression
    time: Time


class DaysUntil(Node, frozen=True):
    """`days until M`."""

    moment: Expression


class ItemIs(Node, frozen=True):
    """`item I done` and the other states of an item."""

    item: Name
    state: ItemWord


class EveryItemDone(Node, frozen=True):
    """`every item done`."""


class ItemCount(Node, frozen=True):
    """`count of items overdue`."""

    state: ItemWord


class ApprovalIs(Node, frozen=True):
    """`approval A approved`."""

    approval: Name
    state: ApprovalWord


Literals = Text | Number | Percent | Money | Date | Time | DateTime | Duration | YesNo
Expression = (
    Literals
    | Path
    | Compare
    | Arithmetic
    | OneOf
    | Among
    | And
    | Or
    | Not
    | Known
    | Quantified
    | CountOf
    | SumOf
    | SumOfValues
    | Shift
    | AtTime
    | DaysUntil
    | ItemIs
    | EveryItemDone
    | ItemCount
    | ApprovalIs
)
Value = Literals | Path
"""What can stand for a value outside a condition: a default, a fact of a scenario."""


class PartyName(Node, frozen=True):
    """A role, or a word such as `giver`."""

    name: Name


class SuperiorOf(Node, frozen=True):
    """`manager of P`."""

    of: Party


Party = PartyName | SuperiorOf
