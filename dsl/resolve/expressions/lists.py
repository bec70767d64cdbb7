"""Questions about lists: any, every, count, sum."""

from __future__ import annotations

from dsl import nodes
from dsl.diagnostic import Label, Value
from dsl.expressions import tree
from dsl.resolve.expressions.compare import fits
from dsl.resolve.expressions.frame import NUMERIC, Frame, Rule, Typed, describe
from dsl.resolve.expressions.outputs import is_table
from dsl.resolve.expressions.paths import path
from dsl.types import IntegerType, ListType, NumberType, RecordType, SeveralType, Type, YesNoType


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
    frame.desk.use("variable", variable, frame.desk.path)
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
    collected = _collected(frame, node.over)
    if collected is not None:
        return Typed(tree.CountOf(collected.tree), IntegerType())
    over = list_at(frame, node.over)
    return None if over is None else Typed(tree.CountOf(over[0]), IntegerType())


def _collected(frame: Frame, node: nodes.Path) -> Typed | None:
    """What a decision table has collected, if the path asks for that."""
    first = node.names[0]
    if len(node.names) == 1 or first.text in frame.variables or not is_table(frame, first):
        return None
    declared: nodes.Table = frame.desk.book.of("table")[first.text].node
    return path(frame, node, None) if declared.hit == "collect" else None


def _sum_of_values(frame: Frame, node: nodes.SumOfValues, _expected: Type | None) -> Typed | None:
    found = path(frame, node.over, None)
    if found is None:
        return None
    if isinstance(found.type, SeveralType) and isinstance(found.type.of, NUMERIC):
        return Typed(tree.SumOf(found.tree), found.type.of)
    values: dict[str, Value] = {"name": node.over.names[-1].text, "type": describe(found.type)}
    frame.desk.error("E311", node.over, values, hint=True, label=True, variant="sum")
    return None


def _among(frame: Frame, node: nodes.Among, _expected: Type | None) -> Typed | None:
    several = path(frame, node.several, None)
    if several is None:
        return None
    if not isinstance(several.type, SeveralType):
        values: dict[str, Value] = {"type": describe(several.type)}
        frame.desk.error("E311", node.several, values, hint=True, label=True, variant="among")
        return None
    value = frame.infer(node.value, several.type.of)
    if value is None or not fits(frame, node.value, several.type.of, value):
        return None
    return Typed(tree.Among(value.tree, several.tree), YesNoType())


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
    nodes.SumOfValues: _sum_of_values,
    nodes.Among: _among,
}
