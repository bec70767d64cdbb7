"""The process as an indented list, for terminals too narrow for the drawing and for screen readers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from engine.graph.build import TOKEN_EDGES, Graph
from engine.graph.canvas import Row, Segment
from engine.graph.glyphs import Mark
from engine.graph.labels import clusters, cut
from engine.graph.view import View


def outline(graph: Graph, view: View, marks: Mapping[str, Mark] | None = None) -> tuple[Row, ...]:
    """Every node on a row of its own, in the order of the process.

    Branches and steps are indented under what parts or asks them. Rejections, dependencies and
    what a gate holds are said in words at the end of a row. Rows are as long as their text, cut to
    `view.columns` where that is given.
    """
    return tuple(row for _, row in outlined(graph, view, marks))


def outlined(
    graph: Graph, view: View, marks: Mapping[str, Mark] | None = None
) -> tuple[tuple[str | None, Row], ...]:
    """The rows of an outline, each with its node; None for a word in front of a way."""
    writer = _Writer(graph, view, marks or {})
    writer.walk("start", [])
    for node in graph:
        if node not in writer.seen:
            writer.walk(node, [])
    return tuple(writer.rows)


class _Way(NamedTuple):
    """One way out of a gateway: the first node, and the word in front of the way."""

    node: str
    word: str


class _Writer:
    def __init__(self, graph: Graph, view: View, marks: Mapping[str, Mark]) -> None:
        self.graph = graph
        self.view = view
        self.marks = marks
        self.texts = view.labels(graph)
        self.rows: list[tuple[str | None, Row]] = []
        self.seen: set[str] = set()

    def walk(self, node: str, guides: list[str]) -> None:
        """Write a chain of nodes until it ends, is known, or meets the others of its gateway."""
        here: str | None = node
        outer = len(self.graph.nodes[node]["parts"])
        while here is not None and here not in self.seen:
            kind = self.graph.nodes[here]["kind"]
            if kind in ("join", "merge"):
                return
            self.seen.add(here)
            nothing = self.view.glyphs.outline[3]
            within = [*guides, *[nothing] * (len(self.graph.nodes[here]["parts"]) - outer)]
            if kind in ("fork", "choice"):
                here = self._gateway(here, kind, within)
                continue
            inner = [*within, nothing] if kind in ("step", "revise") else within
            self._row(here, inner)
            following = self._next(here)
            if kind == "step":
                self._revision(here, following, inner)
            here = following

    def _revision(self, step: str, following: str | None, guides: list[str]) -> None:
        """Under the last step of an approval, what happens after a rejection."""
        approval = self.graph.nodes[step]["ref"].rpartition(".")[0]
        revise = f"revise:{approval}"
        last = following is None or self.graph.nodes[following]["kind"] != "step"
        if last and revise in self.graph and revise not in self.seen:
            self.seen.add(revise)
            self._row(revise, guides)

    def _next(self, node: str) -> str | None:
        return next(
            (
                target
                for target in self.graph.successors(node)
                if self.graph.edges[node, target]["kind"] in TOKEN_EDGES
            ),
            None,
        )

    def _gateway(self, node: str, kind: str, guides: list[str]) -> str | None:
        """The ways of a gateway, indented; back comes the node that follows where they meet."""
        meeting = node.replace("fork:", "join:").replace("choice:", "merge:")
        self.seen.add(meeting)
        self._row(node, guides, self.view.texts("graph.together") if kind == "fork" else None)
        ways = self._ways(node)
        branch, last, upright, nothing = self.view.glyphs.outline
        for number, way in enumerate(ways):
            final = number == len(ways) - 1
            if way.word:
                self._text([*guides, last if final else branch], way.word, "label")
            inner = [*guides, nothing if final else upright]
            if not way.word:
                inner = [*guides, last if final else branch]
            self._branch(way.node, inner, [*guides, nothing if final else upright])
        return self._next(meeting)

    def _ways(self, node: str) -> list[_Way]:
        words = {"then": "graph.then", "otherwise": "graph.otherwise"}
        edges = self.graph.edges
        kinds = {target: edges[node, target]["kind"] for target in self.graph.successors(node)}
        return [
            _Way(target, self.view.texts(words[kind]) if kind in words else "")
            for target, kind in kinds.items()
            if kind in TOKEN_EDGES
        ]

    def _branch(self, node: str, first: list[str], rest: list[str]) -> None:
        """A branch whose first row hangs on its gateway and whose other rows stand beneath it."""
        begin = len(self.rows)
        self.walk(node, rest)
        if len(self.rows) > begin:
            of, (_, *segments) = self.rows[begin]
            self.rows[begin] = of, (Segment("".join(first), "edge.flow"), *segments)

    def _row(self, node: str, guides: list[str], text: str | None = None) -> None:
        kind = self.graph.nodes[node]["kind"]
        mark = self.marks.get(node)
        glyphs = self.view.glyphs
        sign = glyphs.signs.get(kind, glyphs.heading if kind == "stage" else "")
        lead = f"{glyphs.marks[mark]} " if mark else ""
        style = f"mark.{mark}" if mark else f"node.{kind}"
        words = " ".join(part for part in (sign, text or self.texts[node]) if part)
        self._text(guides, lead + words + self._remarks(node), style, node)

    def _remarks(self, node: str) -> str:
        """What the drawing shows by lines that are not on the way of a token."""
        said: dict[str, list[str]] = {}
        for target in self.graph.successors(node):
            for kind in (
                self.graph.edges[node, target]["kind"],
                *self.graph.edges[node, target]["also"],
            ):
                if kind not in TOKEN_EDGES and self.texts[target]:
                    said.setdefault(kind, []).append(self.texts[target])
        remarks = [
            f"{self.view.texts(f'graph.edge.{kind}')} {self.view.texts('reader.joint').join(targets)}"
            for kind, targets in said.items()
        ]
        if self.graph.nodes[node]["conditional"]:
            remarks.insert(0, self.view.texts("graph.conditional"))
        return f"  ({self.view.texts('reader.clauses').join(remarks)})" if remarks else ""

    def _text(self, guides: list[str], text: str, style: str, node: str | None = None) -> None:
        lead = "".join(guides)
        if self.view.columns is not None:
            room = max(1, self.view.columns - sum(cells for _, cells in clusters(lead)))
            text = cut(text, room, self.view.glyphs.cut)
        self.rows.append((node, (Segment(lead, "edge.flow"), Segment(text, style))))
