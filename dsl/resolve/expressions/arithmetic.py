"""Sums, differences, products and quotients, with their units.

A percentage of an amount is written as a product: `salary * 20%` is an amount.
"""

from __future__ import annotations

from dsl import nodes
from dsl.diagnostic import Value
from dsl.dialects import dialect
from dsl.expressions import tree
from dsl.resolve.expressions.frame import MOMENTS, NUMERIC, Frame, Rule, Typed, describe
from dsl.types import IntegerType, MoneyType, NumberType, PercentType, Type

PLAIN = (IntegerType, NumberType)
HUNDRED = tree.Constant(IntegerType(), 100)


def _arithmetic(frame: Frame, node: nodes.Arithmetic, _expected: Type | None) -> Typed | None:
    left, right = frame.infer(node.left), frame.infer(node.right)
    if left is None or right is None:
        return None
    type_ = _result(node.op, left.type, right.type)
    if type_ is None:
        _no_result(frame, node, left.type, right.type)
        return None
    found = tree.Arithmetic(node.op, left.tree, right.tree)
    if _is_share(left.type, right.type) and node.op == "*":
        found = tree.Arithmetic("/", found, HUNDRED)
    return Typed(found, type_)


def _no_result(frame: Frame, node: nodes.Arithmetic, left: Type, right: Type) -> None:
    values: dict[str, Value]
    if isinstance(left, MoneyType) and isinstance(right, MoneyType) and node.op != "*":
        values = {"wanted": left.currency, "found": right.currency}
        frame.desk.error("E303", node.right, values, hint=True)
        return
    values = {"left": describe(left), "right": describe(right), "op": node.op}
    days = node.op == "-" and isinstance(left, MOMENTS) and isinstance(right, MOMENTS)
    if days:
        values["example"] = _apart(frame, node)
    frame.desk.error("E312", node, values, hint=True, variant="days" if days else "")


def _apart(frame: Frame, node: nodes.Arithmetic) -> str:
    """How it is asked whether two days lie less than a time apart."""
    later, earlier = frame.desk.written(node.left), frame.desk.written(node.right)
    known = dialect(frame.desk.language(node))
    time, after = f"30 {known.written['DAYS']}", known.written["AFTER"]
    behind = f"{earlier} {after} {time}" if known.name == "zh" else f"{time} {after} {earlier}"
    return f"{later} < {behind}"


def _is_share(left: Type, right: Type) -> bool:
    return {type(left), type(right)} == {MoneyType, PercentType}


def _result(op: str, left: Type, right: Type) -> Type | None:
    if not isinstance(left, NUMERIC) or not isinstance(right, NUMERIC):
        return None
    if op in {"+", "-"}:
        return _sum(left, right)
    return _product(left, right) if op == "*" else _quotient(left, right)


def _sum(left: Type, right: Type) -> Type | None:
    if isinstance(left, PLAIN) and isinstance(right, PLAIN):
        return _plain(left, right)
    return left if left == right else None


def _product(left: Type, right: Type) -> Type | None:
    if isinstance(right, PLAIN):
        return _plain(left, right) if isinstance(left, PLAIN) else left
    if isinstance(left, PLAIN):
        return right
    if _is_share(left, right):
        return left if isinstance(left, MoneyType) else right
    return None


def _quotient(left: Type, right: Type) -> Type | None:
    if isinstance(right, PLAIN):
        return NumberType() if isinstance(left, PLAIN) else left
    return NumberType() if left == right else None


def _plain(left: Type, right: Type) -> Type:
    whole = isinstance(left, IntegerType) and isinstance(right, IntegerType)
    return IntegerType() if whole else NumberType()


RULES: dict[type, Rule] = {nodes.Arithmetic: _arithmetic}
