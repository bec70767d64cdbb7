"""The front door of the drawing: a graph, a language and a width in; rows to paint out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.graph.build import Graph
from engine.graph.canvas import Row
from engine.graph.drawing import draw, sheet, size
from engine.graph.glyphs import Mark
from engine.graph.labels import labels
from engine.graph.layout import Layout, layout
from engine.graph.view import View

WIDEST = 36
"""Cells of text in a row of a box at most."""
TRIALS = (
    (WIDEST, 0),
    *((limit, depth) for limit in (28, 22, 18, 16, 14, 12, 10, 8) for depth in (1, 0)),
)
"""Narrower rows that are tried until the drawing fits, first inside of branches only."""


class Picture(Struct, frozen=True):
    """A drawing with its coordinates, so that a screen can scroll to a node or react to a click."""

    rows: tuple[Row, ...]
    layout: Layout


def picture(graph: Graph, view: View, marks: Mapping[str, Mark] | None = None) -> Picture | None:
    """The drawing, or None if it cannot be made to fit; an outline then serves better."""
    kinds = {node: str(graph.nodes[node]["kind"]) for node in graph}
    texts = labels(graph, view.language, view.texts, view.own)
    for limit, deepest in TRIALS:
        narrow = {node: graph.nodes[node]["depth"] >= deepest for node in graph}
        paper = sheet(graph, texts, {n: limit if narrow[n] else WIDEST for n in graph}, view)
        plan = layout(graph, {node: size(kinds[node], node, paper) for node in graph})
        if view.columns is None or plan.width <= view.columns:
            return Picture(draw(plan, paper, marks), plan)
    return None
