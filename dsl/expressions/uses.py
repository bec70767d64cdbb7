"""What an expression depends on, so that only what a change touches is evaluated again."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from dsl.expressions.tree import (
    ApprovalIs,
    AtTime,
    Constant,
    ContentOf,
    DaysUntil,
    EveryItemDone,
    Expression,
    FactValue,
    ItemCount,
    ItemIs,
    Known,
    RoleParty,
    Shift,
    TableValue,
    WordParty,
)


class Uses(Struct, frozen=True):
    """The things that an expression reads.

    Attributes:
        facts: ids of facts.
        items: ids of items whose state or content is read.
        approvals: ids of approvals.
        roles: ids of roles whose people are read; `giver` and such are in `words`.
        words: words for people of the thing at hand.
        all_items: it reads the state of all items (`every item done`, `count of items done`).
        today: it reads the calendar day, so it can change while nothing happens.
    """

    facts: frozenset[str]
    items: frozenset[str]
    approvals: frozenset[str]
    roles: frozenset[str]
    words: frozenset[str]
    all_items: bool
    today: bool


def uses_of(expression: object) -> Uses:
    """Everything that an expression, or a part of a model with expressions in it, reads."""
    parts = tuple(walk(expression))
    return Uses(
        facts=frozenset(fact for part in parts for fact in _facts_read(part)),
        items=frozenset(part.item for part in parts if isinstance(part, ItemIs | ContentOf)),
        approvals=frozenset(part.approval for part in parts if isinstance(part, ApprovalIs)),
        roles=frozenset(part.role for part in parts if isinstance(part, RoleParty)),
        words=frozenset(part.word for part in parts if isinstance(part, WordParty)),
        all_items=any(isinstance(part, EveryItemDone | ItemCount) for part in parts),
        today=any(isinstance(part, DaysUntil) for part in parts),
    )


def facts_of(expression: object) -> frozenset[str]:
    """The ids of the facts that an expression, or any part of a model, reads."""
    return uses_of(expression).facts


def rests_on_facts(moment: Expression) -> bool:
    """True if a moment is the same for all that it is written for: facts alone give it, and the calendar."""
    parts = (part for part in walk(moment) if isinstance(part, Expression))
    return all(isinstance(part, FactValue | Constant | Shift | AtTime) for part in parts)


def _facts_read(part: object) -> tuple[str, ...]:
    if isinstance(part, TableValue):
        return part.facts
    return (part.fact,) if isinstance(part, FactValue | Known) else ()


def walk(part: object) -> Iterator[Struct]:
    """A part of a model and all parts in it, from the outside."""
    if isinstance(part, tuple):
        for inner in part:
            yield from walk(inner)
    elif isinstance(part, Struct):
        yield part
        for name in part.__struct_fields__:
            yield from walk(getattr(part, name))
