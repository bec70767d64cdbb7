"""Counting: what was found is held against what should be there."""

from __future__ import annotations

from decimal import Decimal

from dsl.expressions.scalars import Value
from dsl.expressions.tree import Wire
from dsl.model import Count
from dsl.values import ValueProblem, decode, encode
from engine.events import Counted
from engine.scope import Scope
from engine.state import ItemTask


def count_up(scope: Scope, task: ItemTask, count: Count) -> Counted:
    """What a count has come to; without anything to hold it against it is signed for as a difference."""
    program = scope.program
    wire = task.contents.get(count.id)
    found = decode(count.type, wire, program.records, program.zone)
    expected = _expected(scope, task, count)
    difference = None if expected is None else _less(found, expected)
    differs = difference is None or difference != 0
    return Counted(
        task=task.id,
        count=count.id,
        found=wire,
        expected=_wire(scope, count, expected),
        difference=_wire(scope, count, difference),
        signer=count.signer if differs else None,
    )


def _expected(scope: Scope, task: ItemTask, count: Count) -> Decimal | int | None:
    try:
        value = scope.evaluate(count.against, task)
    except LookupError:
        return None
    return value if isinstance(value, Decimal | int) else None


def _less(found: Value | ValueProblem, expected: Decimal | int) -> Decimal | int | None:
    return found - expected if isinstance(found, Decimal | int) else None


def _wire(scope: Scope, count: Count, value: Decimal | int | None) -> Wire:
    if value is None:
        return None
    return encode(count.type, value, scope.program.records, scope.program.zone)
