"""The front door of the drawing: a graph, a language and a width in; rows to paint out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.graph.build import Graph
from engine.graph.canvas import Row
from engine.graph.drawing import Sheet, draw, sheet, size
from engine.graph.glyphs import Mark
from engine.graph.labels import longest_word
from engine.graph.layout import Layout, layout
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


def picture(graph: Graph, view: View, marks: Mapping[str, Mark] | None = None) -> Picture | None:
    """The drawing, or None if it cannot be made to fit; an outline then serves better."""
    texts = view.labels(graph)
    first = _try(graph, texts, TRIALS[0], view)
    if _fits(first[0], view):
        return Picture(draw(*first, marks), first[0])
    if not _fits(_try(graph, texts, TRIALS[-1], view)[0], view):
        return None
    tried = (_try(graph, texts, trial, view) for trial in TRIALS[1:])
    plan, paper = next(each for each in tried if _fits(each[0], view))
    return Picture(draw(plan, paper, marks), plan)


def _try(
    graph: Graph, texts: dict[str, str], trial: tuple[int, int], view: View
) -> tuple[Layout, Sheet]:
    inner, outer = trial
    limits = {
        node: max(
            inner if graph.nodes[node]["depth"] else outer, min(longest_word(texts[node]), WORD)
        )
        for node in graph
    }
    paper = sheet(graph, texts, limits, view)
    sizes = {node: size(graph.nodes[node]["kind"], node, paper) for node in graph}
    return layout(graph, sizes), paper


def _fits(plan: Layout, view: View) -> bool:
    return view.columns is None or plan.width <= view.columns
