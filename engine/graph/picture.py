"""The front door of the drawing: a graph, a language and a width in; rows to paint out."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from engine.graph.build import Graph
from engine.graph.canvas import Row
from engine.graph.drawing import draw, sheet, size
from engine.graph.glyphs import UNICODE, Glyphs, Mark
from engine.graph.labels import Texts, labels
from engine.graph.layout import Layout, layout

LIMITS = (36, 28, 22, 18, 16, 14, 12, 10, 8)
"""Widths of a row of text in a box that are tried, widest first, until the drawing fits."""


class Picture(Struct, frozen=True):
    """A drawing with its coordinates, so that a screen can scroll to a node or react to a click."""

    rows: tuple[Row, ...]
    layout: Layout


class View(Struct, frozen=True):
    """How a reader wants a graph shown.

    Attributes:
        language: of the titles.
        texts: the messages `graph.*` of the engine's catalogue in that language.
        columns: the width to fit into; None for as wide as it wants to be.
        glyphs: the set of characters.
        own: better texts for some nodes.
    """

    language: str
    texts: Texts
    columns: int | None = None
    glyphs: Glyphs = UNICODE
    own: Mapping[str, str] | None = None


def picture(graph: Graph, view: View, marks: Mapping[str, Mark] | None = None) -> Picture | None:
    """The drawing, or None if it cannot be made to fit; an outline then serves better."""
    kinds = dict(graph.nodes(data="kind"))
    texts = labels(graph, view.language, view.texts, view.own)
    for limit in LIMITS:
        paper = sheet(graph, texts, view.texts, limit, view.glyphs)
        plan = layout(graph, lambda node, on=paper: size(kinds[node], node, on))  # type: ignore[misc]
        if view.columns is None or plan.width <= view.columns:
            return Picture(draw(plan, paper, marks), plan)
    return None
