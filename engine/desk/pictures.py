"""The drawings of processes at one desk, each worked out once for the room that there is."""

from __future__ import annotations

from msgspec import Struct

from engine.graph.build import Graph, build
from engine.graph.legend import Entry as LegendEntry
from engine.graph.legend import legend
from engine.graph.outline import outline
from engine.graph.picture import Fitted, Picture, drawn, fitted
from engine.graph.view import View
from engine.program import Program
from engine.scope import Scope
from engine.views.marks import case_marks


class Drawing(Struct, frozen=True):
    """The process graph of a case with where it stands.

    Attributes:
        picture: None where it does not fit.
        refs: node of the drawing → the declaration that it stands for.
    """

    picture: Picture | None
    outline: tuple[tuple[tuple[str, str], ...], ...]
    legend: tuple[LegendEntry, ...]
    refs: dict[str, str]


class Pictures:
    """Published processes never change: a case moves the marks in its drawing alone."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._known: dict[tuple[str, str], tuple[Graph, Fitted | None]] = {}

    def of(self, scope: Scope, view: View) -> Drawing:
        """A case's process as a picture that fits, and as an outline."""
        program = scope.program
        graph, found = self._fitted(program, view)
        marks = case_marks(scope)
        rows = outline(graph, view, marks)
        lines = tuple(tuple((part.text, part.style) for part in row) for row in rows)
        signs = legend(graph, marks, view.glyphs)
        refs = {node.id: node.ref for node in program.plan.nodes.values()}
        picture = None if found is None else drawn(found, marks)
        return Drawing(picture, lines, signs, refs)

    def _fitted(self, program: Program, view: View) -> tuple[Graph, Fitted | None]:
        """Kept until somebody wants to see it another way: wider, or in another language."""
        if view != self._view:
            self._view, self._known = view, {}
        process = program.artefact, program.process.id
        if process not in self._known:
            graph = build(program.rulebook, program.places, program.process.id)
            self._known[process] = graph, fitted(graph, view)
        return self._known[process]
