"""Questions about lists: any, every, count, sum."""

from __future__ import annotations

from dsl import nodes
from dsl.diagnostic import Label, Value
from dsl.expressions import tree
from dsl.resolve.expressions.frame import NUMERIC, Frame, Rule, Typed, describe
from dsl.resolve.expressions.paths import path
from dsl.types import IntegerType, ListType, NumberType, RecordType, Type, YesNoType


def list_at(frame: Frame, node: nodes.Path) -> tuple[tree.Expression, str] | None:
    """The list that a path names, with the id of its record."""
    found = path(frame, node, None)
    if found is None:
        return None
    if isinstance(found.type, ListType):
        return found.tree, found.type.record
    frame.desk.error(
        "E311", node, {"type": describe(found.type)}, hint=True, label=True, variant="ask"
    )
    return None


def binds(frame: Frame, variable: nodes.Name) -> bool:
    """True if a loop variable hides no other name; else it is reported."""
    book = frame.desk.book
    if variable.text in frame.variables:
        frame.desk.error("E204", variable, {"name": variable.text}, variant="variable", hint=True)
        return False
    for kind in ("fact", "role"):
        symbol = book.of(kind).get(variable.text)
        if symbol is not None:
            others: tuple[Label, ...] = (frame.desk.declared(symbol, "label.declared"),)
            frame.desk.error("E204", variable, {"name": variable.text}, others=others, hint=True)
            return False
    return True


def _quantified(frame: Frame, node: nodes.Quantified, _expected: Type | None) -> Typed | None:
    over = list_at(frame, node.over)
    if not binds(frame, node.variable) or over is None:
        return None
    where = frame.binding(node.variable.text, RecordType(over[1])).condition(node.where)
    if where is None:
        return None
    found = tree.Quantified(node.which, node.variable.text, over[0], where.tree)
    return Typed(found, YesNoType())


def _count_of(frame: Frame, node: nodes.CountOf, _expected: Type | None) -> Typed | None:
    over = list_at(frame, node.over)
    return None if over is None else Typed(tree.CountOf(over[0]), IntegerType())


def _sum_of(frame: Frame, node: nodes.SumOf, _expected: Type | None) -> Typed | None:
    over = list_at(frame, node.over)
    if not binds(frame, node.variable) or over is None:
        return None
    inner = frame.binding(node.variable.text, RecordType(over[1]))
    span = node.variable.span.to(node.field.span)
    if span.start > span.end:
        span = node.field.span
    field = path(inner, nodes.Path((node.variable, node.field), span=span), None)
    if field is None:
        return None
    if not isinstance(field.type, NUMERIC):
        values: dict[str, Value] = {"name": node.field.text, "type": describe(field.type)}
        frame.desk.error("E311", node.field, values, hint=True, label=True, variant="sum")
        return None
    type_ = IntegerType() if isinstance(field.type, IntegerType) else field.type
    type_ = NumberType() if isinstance(type_, NumberType) else type_
    return Typed(tree.SumOf(over[0], node.field.text), type_)


RULES: dict[type, Rule] = {
    nodes.Quantified: _quantified,
    nodes.CountOf: _count_of,
    nodes.SumOf: _sum_of,
}
