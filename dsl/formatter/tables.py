"""Prints decision tables; their rows are aligned when they are spelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import expression
from dsl.formatter.heads import Lines, because, called, clause, each, head, titles, type_pieces
from dsl.formatter.pieces import COMMA, Line, Piece, Pieces, Writer, raw, tight

_HITS = {"unique": "UNIQUE", "first": "FIRST_ROW", "collect": "COLLECT"}
_BAR = Piece("|", bar=True)


def _table(writer: Writer, node: nodes.Table) -> Lines:
    hit = () if node.hit is None else writer.word(_HITS[node.hit])
    yield Line(0, head(writer, node, "TABLE") + hit, ("hit",))
    yield from titles(writer, node.titles)
    given = writer.listed((one.span, _given(writer, one)) for one in node.given)
    yield from clause(writer.maybe("INPUT it", given), "given")
    yield from each("gives", ((one, _gives(writer, one)) for one in node.gives))
    yield from each("rows", ((one, row(writer, one.cells)) for one in node.rows))
    yield from because(writer, node)


def _given(writer: Writer, node: nodes.Given) -> Pieces:
    type_ = () if node.type is None else type_pieces(writer, node.type)
    bounds = () if node.low is None else _range(writer, node.low, node.high)
    return writer.fill("fact type bounds", fact=node.fact, type=type_, bounds=bounds)


def _gives(writer: Writer, node: nodes.Gives) -> Pieces:
    if isinstance(node.type, nodes.RoleWord):
        type_ = writer.word("ROLE")
    else:
        type_ = type_pieces(writer, node.type)
    return writer.fill("GIVES id title type", id=node.id, title=called(node), type=type_)


def row(writer: Writer, cells: Iterable[nodes.Cell]) -> Pieces:
    """A row between its bars."""
    found = [_BAR]
    for cell in cells:
        for at, test in enumerate(cell.tests):
            found.extend((COMMA,) if at else ())
            found.extend(_TESTS.get(type(test), expression)(writer, test))
        found.append(_BAR)
    return tuple(found)


def _range(writer: Writer, low: nodes.Value, high: nodes.Value | None) -> Pieces:
    between = Piece("..", tight=True)
    return (*expression(writer, low), between, *tight(expression(writer, high)))


def _range_cell(writer: Writer, node: nodes.RangeCell) -> Pieces:
    return _range(writer, node.low, node.high)


def _side_cell(writer: Writer, node: nodes.SideCell) -> Pieces:
    return raw(node.op) + expression(writer, node.value)


def _any_cell(writer: Writer, _node: nodes.AnyCell) -> Pieces:
    return writer.word("ANYTHING")


_TESTS: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.AnyCell: _any_cell,
    nodes.RangeCell: _range_cell,
    nodes.SideCell: _side_cell,
}
PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {nodes.Table: _table}
