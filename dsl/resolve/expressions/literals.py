"""Literals: their wire form, their type, and whether they can be at all."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

from dsl import nodes
from dsl.currencies import currencies
from dsl.diagnostic import Fix
from dsl.dialects import dialect
from dsl.expressions import tree
from dsl.expressions.scalars import (
    FIRST_DAY,
    ValueProblem,
    decode_scalar,
    duration_wire,
    out_of_years,
)
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.frame import Frame, Rule, Typed
from dsl.types import (
    DateTimeType,
    DateType,
    DepartmentType,
    Duration,
    DurationType,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)

UTC = ZoneInfo("UTC")
_MOST_DIGITS = 100
"""Of a whole number: far above what any may be, and below what Python refuses to read."""


def wire_of(node: nodes.Literals) -> tree.Wire:
    """The wire form of a literal as it is written; whether it is right is for its type to say."""
    if isinstance(node, nodes.YesNo):
        return node.value
    if isinstance(node, nodes.Number) and node.text.lstrip("-").isdigit():
        return int(node.text[:_MOST_DIGITS])
    return _written(node)


_Written = (
    nodes.Text
    | nodes.Number
    | nodes.Percent
    | nodes.Money
    | nodes.Date
    | nodes.Time
    | nodes.DateTime
    | nodes.Duration
)


def _written(node: _Written) -> str:
    match node:
        case nodes.Percent():
            found = f"{node.text}%"
        case nodes.Money():
            found = f"{node.amount} {node.currency.text}"
        case nodes.DateTime():
            found = f"{node.date.text}T{_written(node.time)}"
        case nodes.Time():
            found = node.text.zfill(len("00:00"))
        case nodes.Duration():
            found = duration_wire(Duration(node.amount, node.unit))
        case _:
            found = node.text
    return found


def is_day(text: str) -> bool:
    """True if the text names a day of the calendar."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_time(text: str) -> bool:
    """True if the text names a time of day, `00:00` to `23:59`."""
    try:
        time.fromisoformat(text.zfill(len("00:00")))
    except ValueError:
        return False
    return True


def span_of(desk: Desk, node: nodes.Duration) -> Duration:
    """How long something takes; more than a hundred years is reported."""
    found = decode_scalar(DurationType(), wire_of(node), UTC)
    if isinstance(found, ValueProblem):
        desk.error(found.code, node, found.values)
    return Duration(node.amount, node.unit)


def is_right(desk: Desk, node: nodes.Literals) -> bool:
    """True if a literal can be; a day or time that does not exist is reported."""
    match node:
        case nodes.Date() if not is_day(node.text):
            _no_day(desk, node)
        case nodes.Date() if node.text < FIRST_DAY:
            problem = out_of_years(node.text)
            desk.error(problem.code, node, problem.values)
        case nodes.Time() if not is_time(node.text):
            desk.error("E310", node, {"text": node.text}, hint=True, variant="time")
        case nodes.DateTime():
            return is_right(desk, node.date) and is_right(desk, node.time)
        case nodes.Money():
            return is_currency(desk, node.currency)
        case _:
            return True
    return False


def _no_day(desk: Desk, node: nodes.Date) -> None:
    """Reports a day that is not in the calendar, or that only lacks the zeros of its month and day."""
    year, *rest = node.text.split("-")
    whole = "-".join((year, *(part.zfill(2) for part in rest)))
    if whole == node.text or not is_day(whole):
        desk.error("E310", node, {"text": node.text}, hint=True)
        return
    fix = Fix("fix.unit", desk.edit(node, whole), {"text": whole}, sure=True)
    desk.error(
        "E310", node, {"text": node.text, "whole": whole}, variant="zeros", label=True, fix=fix
    )


def is_currency(desk: Desk, node: nodes.Name) -> bool:
    """True if a code is that of a currency; else it is reported, with the one that was meant."""
    if node.text in currencies():
        return True
    meant = dialect(desk.language(node)).currencies.get(node.text)
    near = meant or _near_code(node.text)
    fix = near and Fix("fix.rename", desk.edit(node, near), {"near": near}, sure=bool(meant))
    desk.no_currency(node, fix or None)
    return False


def _near_code(text: str) -> str | None:
    """The code that has another last letter, or else another letter; None if there are several."""
    kept = (slice(0, 2),), (slice(1, 3),), (slice(0, 1), slice(2, 3))
    for parts in kept:
        near = [
            c
            for c in currencies()
            if len(text) == len(c) and all(c[at] == text[at] for at in parts)
        ]
        if len(near) == 1:
            return near[0]
    return None


def type_of(node: nodes.Literals, expected: Type | None) -> Type:
    """The type of a literal; a quoted text is a person or department where one is expected."""
    match node:
        case nodes.Text() if isinstance(expected, PersonType | DepartmentType):
            return expected
        case nodes.Number():
            return IntegerType() if isinstance(wire_of(node), int) else NumberType()
        case nodes.Money():
            return MoneyType(node.currency.text)
        case _:
            return _TYPES[type(node)]


_TYPES: dict[type, Type] = {
    nodes.Text: TextType(),
    nodes.Percent: PercentType(),
    nodes.Date: DateType(),
    nodes.DateTime: DateTimeType(),
    nodes.Time: TimeType(),
    nodes.Duration: DurationType(),
    nodes.YesNo: YesNoType(),
}


def _literal(frame: Frame, node: nodes.Literals, expected: Type | None) -> Typed | None:
    if not is_right(frame.desk, node):
        return None
    if isinstance(node, nodes.DateTime):
        day = tree.Constant(DateType(), node.date.text)
        return Typed(tree.AtTime(day, str(wire_of(node.time))), DateTimeType())
    type_, wire = type_of(node, expected), wire_of(node)
    found = decode_scalar(type_, wire, UTC)
    if isinstance(found, ValueProblem):
        frame.desk.error(found.code, node, found.values)
        return None
    return Typed(tree.Constant(type_, wire), type_)


RULES: dict[type, Rule] = {
    nodes.Text: _literal,
    nodes.Number: _literal,
    nodes.Percent: _literal,
    nodes.Money: _literal,
    nodes.Date: _literal,
    nodes.Time: _literal,
    nodes.DateTime: _literal,
    nodes.Duration: _literal,
    nodes.YesNo: _literal,
}
