"""Type nodes to types, and values outside of conditions to their wire form."""

from __future__ import annotations

from typing import Literal

from dsl import nodes
from dsl.diagnostic import Value
from dsl.dialects import dialect
from dsl.expressions import tree
from dsl.expressions.scalars import INTEGER_LIMIT, ValueProblem, decode_scalar, encode_scalar
from dsl.resolve.desk import Desk
from dsl.resolve.expressions import frame_for
from dsl.resolve.expressions.compare import fits
from dsl.resolve.expressions.frame import Typed, describe
from dsl.resolve.expressions.literals import UTC, is_right, type_of, wire_of
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DepartmentType,
    DurationType,
    FileType,
    IntegerType,
    ListType,
    MoneyType,
    NumberType,
    Option,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)

_SIMPLE: dict[str, Type] = {
    "text": TextType(),
    "integer": IntegerType(),
    "number": NumberType(),
    "percent": PercentType(),
    "date": DateType(),
    "time": TimeType(),
    "datetime": DateTimeType(),
    "duration": DurationType(),
    "yes_no": YesNoType(),
    "person": PersonType(),
    "department": DepartmentType(),
    "file": FileType(),
}


def titles_of(
    desk: Desk, title: nodes.Text | nodes.Name, more: tuple[nodes.LanguageTitle, ...]
) -> dict[str, str]:
    """The titles per language, that of the dialect it is written in first."""
    titles = desk.titled(title)
    first: dict[str, nodes.Node] = dict.fromkeys(titles, title)
    for each in more:
        language = each.language.text
        if language in titles:
            label = desk.label(first[language], "E202.first")
            values = {"name": language}
            desk.error("E202", each.language, values, others=(label,), variant="title_line")
            continue
        titles[language], first[language] = each.text.text, each
    return titles


def resolve_type(
    desk: Desk, node: nodes.TypeNode, bounds: nodes.Bounds | None = None
) -> Type | None:
    """The type that a node names; None if something in it is wrong, which has been reported."""
    type_ = _unbounded(desk, node)
    return type_ if bounds is None or type_ is None else _bounded(desk, type_, bounds)


def _unbounded(desk: Desk, node: nodes.TypeNode) -> Type | None:
    match node:
        case nodes.SimpleType():
            return MoneyType(desk.book.currency) if node.word == "money" else _SIMPLE[node.word]
        case nodes.ChoiceType():
            return _choice(desk, node)
        case nodes.ListType():
            record = desk.find("record", node.record)
            return None if record is None else ListType(record)


def scalar_type(
    desk: Desk, node: nodes.TypeNode, bounds: nodes.Bounds | None = None
) -> Type | None:
    """As `resolve_type`, where a list cannot be."""
    if isinstance(node, nodes.ListType):
        desk.error("E314", node, hint=True)
        return None
    return resolve_type(desk, node, bounds)


def wire_value(desk: Desk, type_: Type, node: nodes.Value) -> tree.Wire:
    """The wire form of a value that is written for a type; None if it does not fit (reported)."""
    if isinstance(node, nodes.Path):
        return _option(desk, type_, node)
    if not is_right(desk, node):
        return None
    return _literal(desk, type_, node)


def _literal(desk: Desk, type_: Type, node: nodes.Literals) -> tree.Wire:
    wire = wire_of(node)
    found = type_of(node, type_)
    constant = Typed(tree.Constant(found, wire), found)
    # A file and another currency have better messages of their own.
    said_better = isinstance(type_, FileType) or {type(type_), type(found)} == {MoneyType}
    if not said_better and not fits(frame_for(desk), node, type_, constant):
        return None
    value = decode_scalar(type_, wire, UTC)
    if isinstance(value, ValueProblem):
        desk.error(value.code, node, value.values)
        return None
    return encode_scalar(type_, value, UTC)


def _option(desk: Desk, type_: Type, node: nodes.Path) -> str | None:
    name = node.names[0]
    if isinstance(type_, YesNoType) and len(node.names) == 1:
        written = dialect(desk.language(name)).written
        desk.no_option(name, [written["YES"], written["NO"]])
        return None
    if not isinstance(type_, ChoiceType) or len(node.names) > 1:
        values: dict[str, Value] = {"value": ".".join(each.text for each in node.names)}
        desk.error("E351", node, {**values, "type": describe(type_)})
        return None
    options = [option.id for option in type_.options]
    if name.text in options:
        return name.text
    desk.no_option(name, options)
    return None


def _choice(desk: Desk, node: nodes.ChoiceType) -> ChoiceType:
    options: dict[str, Option] = {}
    first: dict[str, nodes.Name] = {}
    for each in node.options:
        if each.id.text in options:
            label = desk.label(first[each.id.text], "E202.first")
            values = {"name": each.id.text}
            desk.error("E202", each.id, values, others=(label,), variant="listed")
            continue
        titles = titles_of(desk, each.title or each.id, each.titles)
        options[each.id.text] = Option(each.id.text, titles)
        first[each.id.text] = each.id
    return ChoiceType(tuple(options.values()))


def _bounded(desk: Desk, type_: Type, bounds: nodes.Bounds) -> Type | None:
    variant: Literal["type", "whole", "order"] | None = None
    low, high = wire_of(bounds.low), wire_of(bounds.high)
    if not isinstance(type_, IntegerType | NumberType):
        desk.error("E313", bounds, {"type": describe(type_)})
        return None
    if not isinstance(low, int) or not isinstance(high, int):
        variant = "whole"
    elif low > high:
        variant = "order"
    elif max(abs(low), abs(high)) > INTEGER_LIMIT:
        values: dict[str, Value] = {"value": max(bounds.low.text, bounds.high.text, key=len)[:20]}
        limits: dict[str, Value] = {"low": str(-INTEGER_LIMIT), "high": str(INTEGER_LIMIT)}
        desk.error("E352", bounds, values | limits)
        return None
    else:
        return type(type_)(low, high)
    desk.error(
        "E313",
        bounds,
        {"low": bounds.low.text, "high": bounds.high.text},
        variant=variant,
        hint=variant == "whole",
    )
    return None
