"""What the signs of a drawing mean: samples with message ids, only for what the drawing shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.build import Graph
from engine.graph.glyphs import UNICODE, Glyphs, Mark

_LINES = {
    "rejected": "reject",
    "return": "return",
    "reject": "reject",
    "after": "after",
    "holds": "holds",
    "later": "later",
}
"""By what a line means, the kind that it is drawn as."""


class Entry(NamedTuple):
    """One sample, its style, and the id of the message (engine's catalogue) that explains it."""

    sample: str
    style: str
    message: str


def legend(
    graph: Graph, marks: Mapping[str, Mark] | None = None, glyphs: Glyphs = UNICODE
) -> tuple[Entry, ...]:
    """The entries for a graph and its marks: nodes first, then borders, bars, lines and marks."""
    nodes = [data for _, data in graph.nodes(data=True)]
    kinds = dict.fromkeys(str(data["kind"]) for data in nodes)
    entries = [
        Entry(sign, f"node.{kind}", f"graph.legend.{kind}")
        for kind, sign in glyphs.signs.items()
        if kind in kinds
    ]
    if any(data["many"] for data in nodes):
        entries.append(Entry("×n", "node.item", "graph.legend.many"))
    if any(data["conditional"] for data in nodes):
        level, upright = glyphs.frames["conditional"][-2:]
        entries.append(Entry(f"{upright}{level}{upright}", "node.step", "graph.legend.conditional"))
    if "fork" in kinds:
        entries.append(Entry("".join(glyphs.bars["fork"]), "node.fork", "graph.legend.fork"))
    edges = {data["kind"] for _, _, data in graph.edges(data=True)}
    if {"return", "reject"} <= edges:  # both lines look alike
        edges = edges - {"return", "reject"} | {"rejected"}
    entries += [
        Entry(glyphs.strokes[line][0] * 3, f"edge.{line}", f"graph.legend.{kind}")
        for kind, line in _LINES.items()
        if kind in edges
    ]
    used = set((marks or {}).values())
    entries += [
        Entry(sign, f"mark.{mark}", f"graph.legend.mark.{mark}")
        for mark, sign in glyphs.marks.items()
        if mark in used
    ]
    return tuple(entries)
