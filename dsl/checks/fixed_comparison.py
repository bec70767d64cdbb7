"""W503: a comparison of a fact with a number outside its bounds.

Why: the declared bounds decide it before any case is opened, so the condition does not say what its
writer meant.

Example: `fact level "Level" integer 1..15`, and a step `when level >= 20`.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne

from dsl.checks.finding import conditions, finding, label
from dsl.diagnostic import Diagnostic, Term, Value
from dsl.expressions.tree import Compare, Constant, FactValue
from dsl.expressions.uses import walk
from dsl.model import Checked, Fact
from dsl.types import IntegerType, NumberType

_HOLDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def fixed_comparison(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each such comparison, at its clause where that is recorded."""
    facts = {fact.id: fact for fact in checked.rulebook.facts}
    return tuple(
        finding("W503", "warning", [label(checked, path, "W503.label")], values)
        for path, part in conditions(checked)
        for each in walk(part)
        if isinstance(each, Compare) and (values := _decided(each, facts)) is not None
    )


def _decided(compare: Compare, facts: dict[str, Fact]) -> dict[str, Value] | None:
    """What fills the message, if the bounds of the fact decide the comparison."""
    left, right = compare.left, compare.right
    if not isinstance(left, FactValue) or not isinstance(right, Constant):
        return None
    type_ = facts[left.fact].type
    if not isinstance(type_, IntegerType | NumberType) or type_.low is None or type_.high is None:
        return None
    value = Decimal(str(right.value))
    outcomes = _outcomes(compare.op, (Decimal(type_.low), Decimal(type_.high)), value)
    if len(outcomes) > 1:
        return None
    return {
        "fact": left.fact,
        "low": type_.low,
        "high": type_.high,
        "op": compare.op,
        "value": str(right.value),
        "outcome": Term("always" if True in outcomes else "never"),
    }


def _outcomes(op: str, bounds: tuple[Decimal, Decimal], value: Decimal) -> set[bool]:
    """What the comparison can give: at both bounds and, if it lies between them, at the value."""
    low, high = bounds
    tried = {low, high} | ({value} if low <= value <= high else set())
    return {_HOLDS[op](each, value) for each in tried}
