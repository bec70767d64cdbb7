"""W503: comparisons of one fact that cannot all hold.

Why: what must hold together never does, so the condition is never met; `or` or a list was meant.

Example: a step `when level = 3 and level = 4`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from dsl.checks.finding import conditions, finding, keyword, label
from dsl.diagnostic import Diagnostic, Term, Value
from dsl.expressions.axis import ORDERED, axis_of
from dsl.expressions.tables import Cell, Column, Same, Side
from dsl.expressions.tree import AllOf, Compare, Constant, Expression, FactValue, Not, OneOf
from dsl.expressions.uses import walk
from dsl.model import Checked
from dsl.types import Type, YesNoType


class _Test(NamedTuple):
    """What is asked of a fact: that a cell of a table takes its value, or that it does not."""

    cell: Cell
    taken: bool


def contradiction(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each condition and each fact of which it asks too much."""
    types = {fact.id: fact.type for fact in checked.rulebook.facts}
    return tuple(
        _told(checked, path, fact)
        for path, part in conditions(checked)
        for each in walk(part)
        if isinstance(each, AllOf)
        for fact, tests in _by_fact(each, types).items()
        if len(tests) > 1 and not _can_hold(Column(fact, types[fact], *_bounds(types[fact])), tests)
    )


def _told(checked: Checked, path: str, fact: str) -> Diagnostic:
    values: dict[str, Value] = {
        "fact": fact, "outcome": Term("never"), "or": keyword(checked, "or"),
    }  # fmt: skip
    found = finding("W503", "warning", [label(checked, path, "W503.label")], values)
    return structs.replace(found, variant="W503.together", hint="W503.together.hint")


def _by_fact(condition: AllOf, types: dict[str, Type]) -> dict[str, list[_Test]]:
    found: dict[str, list[_Test]] = {}
    for part in _parts(condition):
        fact, test = _test(part, types)
        if test is not None:
            found.setdefault(fact, []).append(test)
    return found


def _parts(condition: AllOf) -> Iterator[Expression]:
    for part in condition.parts:
        if isinstance(part, AllOf):
            yield from _parts(part)
        else:
            yield part


def _test(part: Expression, types: dict[str, Type]) -> tuple[str, _Test | None]:
    """The fact that a part asks about, and what it asks; None if it is no plain question."""
    match part:
        case Not(of):
            fact, test = _test(of, types)
            return fact, test and _Test(test.cell, not test.taken)
        case FactValue(fact) if isinstance(types[fact], YesNoType):
            return fact, _Test((Same(True),), taken=True)  # noqa: FBT003 (the value is `yes`)
        case OneOf(FactValue(fact), options):
            same = tuple(Same(one.value) for one in options if isinstance(one, Constant))
            return fact, _Test(same, taken=True) if len(same) == len(options) else None
        case Compare(("=" | "!=") as op, FactValue(fact), Constant(_, value)):
            return fact, _Test((Same(value),), op == "=")
        case Compare(("<" | "<=" | ">" | ">=") as op, FactValue(fact), Constant(_, value)):
            ordered = isinstance(types[fact], ORDERED)
            return fact, _Test((Side(op, value),), taken=True) if ordered else None
        case _:
            return "", None


def _bounds(type_: Type) -> tuple[int | None, int | None]:
    return getattr(type_, "low", None), getattr(type_, "high", None)


def _can_hold(column: Column, tests: Sequence[_Test]) -> bool:
    """True if some value of the fact passes every test."""
    axis = axis_of(column, [test.cell for test in tests])
    wanted = sum(test.taken << row for row, test in enumerate(tests))
    return any(axis.masks[piece] == wanted for piece in axis.inside)
