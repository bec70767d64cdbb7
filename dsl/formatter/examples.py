"""Prints the examples of scenarios; their rows are aligned when they are spelt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expectations import state_word, target
from dsl.formatter.expressions import expression
from dsl.formatter.pieces import NOTHING, Piece, Pieces, Writer, quoted, signs, tight

_BAR = Piece("|", bar=True)


def _between_bars(cells: Iterable[Pieces]) -> Pieces:
    found = [_BAR]
    for cell in cells:
        found.extend((*cell, _BAR))
    return tuple(found)


def _columns(writer: Writer, node: nodes.ExampleColumns) -> Pieces:
    headings = (_heading(writer, one) for one in node.headings)
    return _between_bars([writer.word("EXAMPLE"), *headings])


def _heading(writer: Writer, node: nodes.Heading) -> Pieces:
    about = target(writer, node.target)
    match node.kind:
        case "given":
            return about
        case "due":
            return writer.fill("about DUE", about=about)
        case "step":
            step = tight(writer.name(node.step)) if node.step else NOTHING
            return writer.fill("STEP about dot step", about=about, dot=tight(signs(".")), step=step)
        case "rule" | "fact":
            return writer.fill(f"{node.kind.upper()} about", about=about)
        case "refused":
            return writer.word("REFUSED")
        case _:
            return about


def _row(writer: Writer, node: nodes.ExampleRow) -> Pieces:
    samples = (_sample(writer, one) for one in node.samples)
    return _between_bars([quoted(node.name), *samples])


def _sample(writer: Writer, node: nodes.Sample) -> Pieces:
    if node.missing is not None:
        return writer.fill("MISSING about", about=target(writer, node.missing))
    if node.word is not None:
        return writer.word(state_word(node.word))
    return NOTHING if node.value is None else expression(writer, node.value)


LINES: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.ExampleColumns: _columns,
    nodes.ExampleRow: _row,
}
