"""What the rules that type an expression share: the names in sight, and a result."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from dsl import nodes
from dsl.diagnostic import Term, Value
from dsl.expressions import tree
from dsl.expressions.scalars import type_name
from dsl.resolve.desk import Desk
from dsl.types import (
    DateTimeType,
    DateType,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    RoleType,
    Type,
    YesNoType,
)

NOTHING: frozenset[str] = frozenset()
NUMERIC = (IntegerType, NumberType, PercentType, MoneyType)
MOMENTS = (DateType, DateTimeType)


class Typed(NamedTuple):
    """A checked expression with its static type.

    Attributes:
        yes: what is known to have a value where the expression is true, as keys (`F`, `x.f`).
        no: what is known where it is false.
    """

    tree: tree.Expression
    type: Type
    yes: frozenset[str] = NOTHING
    no: frozenset[str] = NOTHING


Guard = Literal["applies_when", "when", "then_if"]
"""The clause of a declaration that guards the values that its other clauses read."""

Rule = Callable[["Frame", Any, Type | None], Typed | None]


class Frame(Struct, frozen=True):
    """The surroundings of an expression.

    Attributes:
        desk: takes the problems.
        rules: how to type each class of node.
        variables: what `for each`, `any` and `every` have bound.
        words: the words for people that mean somebody here.
        known: what a condition before has shown to have a value.
        item: the item that the word `item` means, whose content `item.field` reads.
        guard: the clause that can ask whether a value is there; None where none can.
        asks: it is part of a condition, which can ask so by itself.
    """

    desk: Desk
    rules: Mapping[type, Rule]
    variables: Mapping[str, Type] = {}
    words: frozenset[str] = frozenset({"subject"})
    known: frozenset[str] = NOTHING
    item: str | None = None
    guard: Guard | None = None
    asks: bool = False

    def infer(self, node: nodes.Expression, expected: Type | None = None) -> Typed | None:
        """The typed expression of a node; None if it is wrong, which has been reported then.

        Args:
            node: the expression as written.
            expected: what the other side is, if one is known: it tells what a bare option or a
                quoted name means. The result may still have another type.
        """
        return self.rules[type(node)](self, node, expected)

    def condition(self, node: nodes.Expression) -> Typed | None:
        """A typed expression that is yes or no."""
        found = (self if self.asks else replace(self, asks=True)).infer(node)
        if found is None or isinstance(found.type, YesNoType):
            return found
        self.desk.error("E307", node, {"type": describe(found.type)}, hint=True)
        return None

    def unguarded(self, key: str, node: nodes.Node) -> None:
        """Reports, once in a declaration, that a value may be missing here."""
        if key in self.desk.unguarded:
            return
        self.desk.unguarded.add(key)
        values: dict[str, Value] = {"name": key}
        values |= {word: self.desk.keyword(word) for word in ("known", "and", "optional")}
        variant = "" if self.asks else "guarded" if self.guard else "bare"
        if self.guard is not None:
            values["guard"] = self.desk.keyword(self.guard)
        self.desk.error("E306", node, values, hint=True, variant=variant)

    def knowing(self, keys: frozenset[str]) -> Frame:
        """The frame of what is evaluated only if those keys have values."""
        return replace(self, known=self.known | keys)

    def binding(self, variable: str, type_: Type) -> Frame:
        """The frame inside a question about each record of a list."""
        return replace(self, variables={**self.variables, variable: type_})


def describe(type_: Type | RoleType) -> Term:
    """The name of a type in a message."""
    return Term(f"type.{type_name(type_)}")
