"""The checked expression tree. It is part of the model, so it is JSON and knows no dialect."""

from __future__ import annotations

from typing import Any
from typing import Literal as Words

from dsl.types import Duration, Tagged, Type

Wire = str | int | bool | list[Any] | dict[str, Any] | None
"""The JSON form of a value; its type says which, see `dsl.values`."""

PersonWord = Words["giver", "receiver", "accountable", "approver", "subject"]
PersonAttribute = Words[
    "id", "name", "department", "post", "level", "manager", "groups", "mail", "phone", "language",
    "hire_date", "account",
]  # fmt: skip
ItemWord = Words["waiting", "open", "handed_over", "overdue", "done", "not_applicable"]
ApprovalWord = Words["approved", "rejected"]
Comparison = Words["=", "!=", "<", "<=", ">", ">="]


class RoleParty(Tagged, tag="role"):
    """The people of a declared role."""

    role: str


class WordParty(Tagged, tag="word"):
    """Who gives, receives, answers for or approves the thing at hand."""

    word: PersonWord


class SuperiorParty(Tagged, tag="superior"):
    """The manager of another party."""

    of: Party


Party = RoleParty | WordParty | SuperiorParty


class Constant(Tagged, tag="constant"):
    """A literal in wire form, never an instant: `AtTime` puts a time on a day."""

    type: Type
    value: Wire


class FactValue(Tagged, tag="fact"):
    """The value of a fact of the case."""

    fact: str


class Variable(Tagged, tag="variable"):
    """What `for each x`, `any x`, `every x` or `sum of x.f` has bound."""

    name: str


class FieldOf(Tagged, tag="field"):
    """A field of a record."""

    of: Expression
    field: str


class PartyValue(Tagged, tag="party"):
    """The person (id) who fills a party now."""

    party: Party


class AttributeOf(Tagged, tag="attribute"):
    """An attribute of a person; `of` has type person."""

    of: Expression
    attribute: PersonAttribute


class ContentOf(Tagged, tag="content"):
    """A content field of an item (`item.field`), as last provided."""

    item: str
    content: str


class TableValue(Tagged, tag="table"):
    """What a decision table gives in one of its columns for the facts that it reads."""

    table: str
    output: str
    facts: tuple[str, ...]


class ThisItem(Tagged, tag="this_item"):
    """Of the item that a rule's event is about: its title, or its deadline."""

    attribute: Words["title", "due"]


class Compare(Tagged, tag="compare"):
    """A comparison of two values of one type and unit."""

    op: Comparison
    left: Expression
    right: Expression


class Arithmetic(Tagged, tag="arithmetic"):
    """A sum, difference, product or quotient; decimal throughout."""

    op: Words["+", "-", "*", "/"]
    left: Expression
    right: Expression


class Among(Tagged, tag="among"):
    """True if the value is one of those that a table has collected."""

    value: Expression
    several: Expression


class OneOf(Tagged, tag="in"):
    """True if the value equals one of the options."""

    value: Expression
    options: tuple[Expression, ...]


class AllOf(Tagged, tag="and"):
    """True if every part is; parts are evaluated from the left and stop at the first no."""

    parts: tuple[Expression, ...]


class AnyOf(Tagged, tag="or"):
    """True if a part is; parts are evaluated from the left and stop at the first yes."""

    parts: tuple[Expression, ...]


class Not(Tagged, tag="not"):
    """The opposite."""

    of: Expression


class Known(Tagged, tag="known"):
    """True if the fact has a value; it guards the uses that follow."""

    fact: str


class KnownValue(Tagged, tag="known_value"):
    """True if a field, a content, a party or an attribute of a person has a value."""

    of: Expression


class Quantified(Tagged, tag="quantified"):
    """`any x in L where C` or `every x in L where C`."""

    which: Words["any", "every"]
    variable: str
    over: Expression
    where: Expression


class CountOf(Tagged, tag="count"):
    """The number of records in a list."""

    over: Expression


class SumOf(Tagged, tag="sum"):
    """The sum of one field over a list; without a field, of what a table has collected."""

    over: Expression
    field: str | None = None


class Shift(Tagged, tag="shift"):
    """A moment some time before or after another; working units ask the calendar."""

    base: Expression
    duration: Duration
    direction: Words["before", "after"]


class AtTime(Tagged, tag="at_time"):
    """A time of day (`HH:MM`, rulebook's zone) on a date."""

    base: Expression
    time: str


class DaysUntil(Tagged, tag="days_until"):
    """Whole calendar days from today to the moment, negative when it is past."""

    moment: Expression


class ItemIs(Tagged, tag="item_is"):
    """Every instance of the item is in the state; `done` includes waived and not applicable."""

    item: str
    state: ItemWord


class EveryItemDone(Tagged, tag="every_item_done"):
    """Every item of the case is done, waived or not applicable."""


class ItemCount(Tagged, tag="item_count"):
    """How many item instances are in the state."""

    state: ItemWord


class ApprovalIs(Tagged, tag="approval_is"):
    """The approval has ended that way."""

    approval: str
    state: ApprovalWord


Expression = (
    Constant
    | FactValue
    | Variable
    | FieldOf
    | PartyValue
    | AttributeOf
    | ContentOf
    | TableValue
    | ThisItem
    | Compare
    | Arithmetic
    | OneOf
    | Among
    | AllOf
    | AnyOf
    | Not
    | Known
    | KnownValue
    | Quantified
    | CountOf
    | SumOf
    | Shift
    | AtTime
    | DaysUntil
    | ItemIs
    | EveryItemDone
    | ItemCount
    | ApprovalIs
)
