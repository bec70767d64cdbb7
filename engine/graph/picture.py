"""The front door of the drawing: a graph, a language and a width in; rows to paint out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.graph.build import Graph
from engine.graph.canvas import Row
from engine.graph.drawing import Sheet, draw, sheet, size
from engine.graph.glyphs import Mark
from engine.graph.labels import longest_word
from engine.graph.layout import Layout, Levels
from engine.graph.view import View

WIDEST = 36
"""Cells of text in a row of a box at most."""
TRIALS = (
    (WIDEST, WIDEST),
    *((inner, outer) for inner in (28, 22, 18, 16, 14, 12, 10, 8) for outer in (WIDEST, 20, 14)),
    (8, 8),
)
"""Rows inside of branches and outside of them that are tried until the drawing fits."""
WORD = 14
"""A word of an alphabet up to this width is kept whole, whatever the trial says."""


class Picture(Struct, frozen=True):
    """A drawing with its coordinates, so that a screen can scroll to a node or react to a click."""

    rows: tuple[Row, ...]
    layout: Layout


Fitted = tuple[Layout, Sheet]
"""Where everything stands, and the texts that it was made for: the same wherever a case stands."""


def fitted(graph: Graph, view: View) -> Fitted | None:
    """The drawing with as much text as fits into the width, or None if it cannot be made to fit."""
    levels, texts = Levels(graph), view.labels(graph)
    tried = (_try(levels, graph, texts, trial, view) for trial in TRIALS)
    found = next(tried)
    if found is not None or _try(levels, graph, texts, TRIALS[-1], view) is None:
        return found
    return next(one for one in tried if one is not None)


def picture(graph: Graph, view: View, marks: Mapping[str, Mark] | None = None) -> Picture | None:
    """The drawing, or None if it cannot be made to fit; an outline then serves better."""
    found = fitted(graph, view)
    return None if found is None else drawn(found, marks)


def drawn(found: Fitted, marks: Mapping[str, Mark] | None = None) -> Picture:
    """The drawing with where a case stands."""
    plan, paper = found
    return Picture(draw(plan, paper, marks), plan)


def _try(
    levels: Levels, graph: Graph, texts: dict[str, str], trial: tuple[int, int], view: View
) -> Fitted | None:
    """The drawing with so much text in a row, unless it is too wide then."""
    inner, outer = trial
    limits = {
        node: max(
            inner if graph.nodes[node]["depth"] else outer, min(longest_word(texts[node]), WORD)
        )
        for node in graph
    }
    paper = sheet(graph, texts, limits, view)
    sizes = {node: size(graph.nodes[node]["kind"], node, paper) for node in graph}
    plan = levels.layout(sizes, view.columns)
    return None if plan is None else (plan, paper)
