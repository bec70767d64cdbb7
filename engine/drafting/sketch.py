"""A process as its designer sees it: a drawing or an outline, and where each node is written."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from dsl.model import Checked, Place
from engine.graph.build import Graph, build
from engine.graph.canvas import Row
from engine.graph.folding import foldable, folded
from engine.graph.glyphs import Mark
from engine.graph.labels import width
from engine.graph.layout import Box
from engine.graph.legend import Entry, legend
from engine.graph.outline import outlined
from engine.graph.picture import picture
from engine.graph.view import View


class Wish(Struct, frozen=True):
    """How a process shall be drawn.

    Attributes:
        view: language, width and characters.
        process: its id; None for the first one.
        closed: the nodes that are folded.
        outline: as an outline, even if a drawing would fit.
    """

    view: View
    process: str | None = None
    closed: frozenset[str] = frozenset()
    outline: bool = False


class Node(NamedTuple):
    """A node of the drawing: its kind, what it stands for, and where that is written, in code points."""

    kind: str
    ref: str
    start: int
    end: int


class Sketch(Struct, frozen=True):
    """A drawn process.

    Attributes:
        process: its id.
        processes: the ids of all processes of the rulebook.
        title: of the process, in the reader's language.
        rows: of the drawing, or of the outline.
        is_outline: the rows list the nodes.
        boxes: where each node stands in the rows.
        nodes: by their ids, those that are folded away too.
        foldable: the nodes that can be folded or are.
        legend: what the signs mean.
    """

    process: str
    processes: tuple[str, ...]
    title: str
    rows: tuple[Row, ...]
    is_outline: bool
    boxes: tuple[Box, ...]
    nodes: dict[str, Node]
    foldable: frozenset[str]
    legend: tuple[Entry, ...]

    def node_at(self, offset: int, prefer: str | None = None) -> str | None:
        """The node that is written most closely around a place; of several the preferred one."""
        around = {
            id_: node.end - node.start
            for id_, node in self.nodes.items()
            if node.start <= offset <= node.end and node.kind not in ("start", "end")
        }
        closest = min(around.values(), default=0)
        if prefer is not None and around.get(prefer) == closest:
            return prefer
        return next((id_ for id_, length in around.items() if length == closest), None)


def sketched(
    checked: Checked, source: str, wish: Wish, marks: dict[str, Mark] | None = None
) -> Sketch | None:
    """Draw a process of a checked rulebook; None if it has no process.

    Args:
        checked: the rulebook.
        source: the name of the text that places are wanted in.
        wish: how to draw it; a process that is not there stands for the first one.
        marks: where a case stands.
    """
    rulebook, view = checked.rulebook, wish.view
    processes = tuple(one.id for one in rulebook.processes)
    if not processes:
        return None
    id_ = wish.process if wish.process in processes else processes[0]
    process = next(one for one in rulebook.processes if one.id == id_)
    whole = build(rulebook, checked.places, id_)
    graph = folded(whole, wish.closed)
    drawn = None if wish.outline else picture(graph, view, marks)
    rows, boxes = (drawn.rows, drawn.layout.boxes) if drawn else _listed(graph, view, marks)
    title = process.title.get(view.language) or next(iter(process.title.values()), id_)
    return Sketch(
        id_,
        processes,
        title,
        rows,
        drawn is None,
        boxes,
        {node: _node(data, source) for node, data in whole.nodes(data=True)},
        frozenset(foldable(whole)),
        legend(graph, marks, view.glyphs),
    )


def _node(data: dict[str, object], source: str) -> Node:
    place = data["place"]
    is_here = isinstance(place, Place) and place.source == source
    start, end = (place.start, place.end) if isinstance(place, Place) and is_here else (0, 0)
    return Node(str(data["kind"]), str(data["ref"]), start, end)


def _listed(
    graph: Graph, view: View, marks: dict[str, Mark] | None
) -> tuple[tuple[Row, ...], tuple[Box, ...]]:
    pairs = outlined(graph, view, marks)
    boxes = [
        Box(node, str(graph.nodes[node]["kind"]), lead, y, max(1, width(text)), 1)
        for y, (node, row) in enumerate(pairs)
        if node is not None
        for lead, text in [(width(row[0].text), row[1].text)]
    ]
    return tuple(row for _, row in pairs), tuple(boxes)
