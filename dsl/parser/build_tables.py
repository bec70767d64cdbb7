"""Builders of decision tables."""

from __future__ import annotations

from typing import Literal, cast

from dsl import nodes
from dsl.expressions.tables import Hit
from dsl.parser.build_heads import Head, type_node
from dsl.parser.kids import Builder, Clause, Clauses, Kids, Titled, bare

_HITS: dict[str, Hit] = {"UNIQUE": "unique", "FIRST_ROW": "first", "COLLECT": "collect"}
_SIDES: dict[str, Literal["<", "<=", ">", ">="]] = {"LT": "<", "LE": "<=", "GT": ">", "GE": ">="}


def _table_head(kids: Kids) -> Head:
    word = kids.token(*_HITS)
    said = () if word is None else (Clause("hit", _HITS[word.type], kids.span),)
    return Head(kids.one(nodes.Name), kids.maybe(nodes.Text), said, kids.span)


def _given_columns(kids: Kids) -> Clauses:
    found = kids.all(nodes.Given)
    return Clauses(tuple(Clause("given", one, one.span, many=True) for one in found), kids.span)


def _given(kids: Kids) -> nodes.Given:
    type_ = kids.maybe(nodes.SimpleType)
    ends = kids.expressions()[-2:] if kids.has("RANGE") else (None, None)
    low, high = cast("tuple[nodes.Value | None, nodes.Value | None]", ends)
    return nodes.Given(kids.one(nodes.Name), type_, low, high, span=kids.span)


def _gives(kids: Kids) -> Clause:
    role = kids.token("ROLE")
    type_ = type_node(kids) if role is None else nodes.RoleWord(span=Kids([role]).span)
    said = kids.maybe(Titled)
    title, titles = (None, ()) if said is None else (said.title, said.titles)
    gives = nodes.Gives(kids.one(nodes.Name), type_, title, titles, span=kids.span)
    return kids.clause("gives", gives, many=True)


def _row(kids: Kids) -> Clause:
    return kids.clause("rows", nodes.Row(kids.all(nodes.Cell), span=kids.span), many=True)


def _cell(kids: Kids) -> nodes.Cell:
    tests = tuple(child for child in kids.children if isinstance(child, nodes.Node))
    span = tests[0].span.to(tests[-1].span) if tests else kids.span
    return nodes.Cell(cast("tuple[nodes.TestNode, ...]", tests), span=span)


def _range(kids: Kids) -> nodes.RangeCell:
    low, high = cast("tuple[nodes.Value, nodes.Value]", kids.expressions())
    return nodes.RangeCell(low, high, span=kids.span)


def _side(kids: Kids) -> nodes.SideCell:
    word = next(kind for kind in _SIDES if kids.has(kind))
    (value,) = cast("tuple[nodes.Value]", kids.expressions())
    return nodes.SideCell(_SIDES[word], value, span=kids.span)


BUILDERS: dict[str, Builder] = {
    "table_head": _table_head,
    "given_columns": _given_columns,
    "given": _given,
    "gives": _gives,
    "row": _row,
    "cell": _cell,
    "any_cell": bare(nodes.AnyCell),
    "range_cell": _range,
    "side_cell": _side,
}
