"""Days and instants: before, after, at a time, days until."""

from __future__ import annotations

from dsl import nodes
from dsl.diagnostic import Value
from dsl.expressions import tree
from dsl.resolve.expressions.frame import MOMENTS, Frame, Rule, Typed, describe
from dsl.resolve.expressions.literals import is_right, span_of, wire_of
from dsl.types import DateTimeType, DateType, DurationType, IntegerType, Type

WITHIN_A_DAY = ("minute", "hour", "working_hour")


def moment(frame: Frame, node: nodes.Expression) -> Typed | None:
    """A typed expression that is a day or an instant."""
    found = frame.infer(node, DateType())
    if found is None or isinstance(found.type, MOMENTS):
        return found
    values: dict[str, Value] = {
        "type": describe(found.type),
        "example": frame.desk.keyword("example_before"),
    }
    spans = isinstance(found.type, DurationType)
    values["within"] = frame.desk.keyword("within")
    frame.desk.error("E309", node, values, hint=True, variant="duration" if spans else "")
    return None


def _shift(frame: Frame, node: nodes.Shift, _expected: Type | None) -> Typed | None:
    base = moment(frame, node.base)
    if base is None:
        return None
    if isinstance(base.type, DateType) and node.duration.unit in WITHIN_A_DAY:
        values = {"example": frame.desk.keyword("example_time")}
        frame.desk.error("E304", node.duration, values, hint=True, label=True, variant="hours")
        return None
    duration = span_of(frame.desk, node.duration)
    return Typed(tree.Shift(base.tree, duration, node.direction), base.type)


def _at_time(frame: Frame, node: nodes.AtTime, _expected: Type | None) -> Typed | None:
    base = moment(frame, node.base)
    if base is None or not is_right(frame.desk, node.time):
        return None
    if not isinstance(base.type, DateType):
        frame.desk.error("E305", node, {}, hint=True, label=True, variant="time")
        return None
    return Typed(tree.AtTime(base.tree, str(wire_of(node.time))), DateTimeType())


def _days_until(frame: Frame, node: nodes.DaysUntil, _expected: Type | None) -> Typed | None:
    found = moment(frame, node.moment)
    return None if found is None else Typed(tree.DaysUntil(found.tree), IntegerType())


RULES: dict[type, Rule] = {
    nodes.Shift: _shift,
    nodes.AtTime: _at_time,
    nodes.DaysUntil: _days_until,
}
