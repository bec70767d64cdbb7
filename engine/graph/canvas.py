"""A sheet of cells: texts and pieces of lines are put on it, rows of styled segments come off it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from engine.graph.glyphs import EAST, LEVEL, NORTH, SOUTH, UPRIGHT, WEST, Glyphs
from engine.graph.labels import clusters

Cell = tuple[int, int]


class Segment(NamedTuple):
    """A run of text in one style; the painter knows what the style's name looks like."""

    text: str
    style: str


Row = tuple[Segment, ...]
BLANK = "blank"
_DIRECTIONS = {
    (1, 0): (EAST, WEST),
    (-1, 0): (WEST, EAST),
    (0, 1): (SOUTH, NORTH),
    (0, -1): (NORTH, SOUTH),
}
"""The way that a step goes, and the way back."""


class Canvas:
    """A sheet of `width` × `height` cells.

    Texts keep to the width that they were measured with: a wide sign takes its cell and empties the
    next one.
    """

    def __init__(self, width: int, height: int) -> None:
        self._cells = [[(" ", BLANK)] * width for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: str) -> None:
        """Write a text from a cell on; it must fit."""
        row = self._cells[y]
        for cluster, cells in clusters(text):
            if not cells and x:
                row[x - 1] = (row[x - 1][0] + cluster, style)
                continue
            row[x] = (cluster, style)
            for more in range(1, cells):
                row[x + more] = ("", style)
            x += cells

    def mark(self, x: int, y: int, sign: str, style: str) -> None:
        """Write a sign that takes one cell, as every piece of a line does."""
        self._cells[y][x] = (sign, style)

    def rows(self) -> tuple[Row, ...]:
        """Every row in full width, neighbours of one style in one segment."""
        return tuple(_segments(row) for row in self._cells)


def _segments(row: Iterable[tuple[str, str]]) -> Row:
    runs = groupby(row, key=itemgetter(1))
    return tuple(Segment("".join(text for text, _ in run), style) for style, run in runs)


class Strokes:
    """The pieces of lines, cell by cell and net by net, before they become characters."""

    def __init__(self) -> None:
        self._cells: dict[Cell, dict[int, int]] = {}
        self._kinds: dict[int, str] = {}

    def draw(self, points: tuple[Cell, ...], net: int, kind: str) -> None:
        """Add the way along the points; the first and the last one lie on borders of boxes."""
        self._kinds[net] = kind
        for begin, end in pairwise(points):
            across = (end[0] > begin[0]) - (end[0] < begin[0])
            along = (end[1] > begin[1]) - (end[1] < begin[1])
            forth, back = _DIRECTIONS[across, along]
            x, y = begin
            for _ in range(abs(end[0] - begin[0]) + abs(end[1] - begin[1])):
                self._add(x, y, net, forth)
                x += across
                y += along
                self._add(x, y, net, back)

    def _add(self, x: int, y: int, net: int, direction: int) -> None:
        nets = self._cells.setdefault((x, y), {})
        nets[net] = nets.get(net, 0) | direction

    def paint(self, canvas: Canvas, glyphs: Glyphs) -> None:
        """Put every piece on the canvas; boxes are put on it afterwards."""
        for (x, y), nets in self._cells.items():
            upright = next((net for net, mask in nets.items() if mask == UPRIGHT), None)
            net = upright if upright is not None else next(iter(nets))
            kind = self._kinds[net]
            canvas.mark(x, y, _piece(nets, net, kind, glyphs), f"edge.{kind}")


def _piece(nets: dict[int, int], net: int, kind: str, glyphs: Glyphs) -> str:
    if len(nets) > 1:
        return glyphs.cross
    mask = nets[net]
    level, upright = glyphs.strokes.get(kind, (glyphs.joints[LEVEL], glyphs.joints[UPRIGHT]))
    if mask == LEVEL:
        return level
    return upright if mask == UPRIGHT else glyphs.joints.get(mask, upright)
