"""A sheet of cells: texts and pieces of lines are put on it, rows of styled segments come off it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from engine.graph.glyphs import EAST, LEVEL, NORTH, SOUTH, UPRIGHT, WEST, Glyphs
from engine.graph.labels import spread, width

Point = tuple[int, int]


class Segment(NamedTuple):
    """A run of text in one style; the painter knows what the style's name looks like."""

    text: str
    style: str


Row = tuple[Segment, ...]
BLANK = "blank"


class Canvas:
    """A sheet of `width` × `height` cells.

    Texts keep to the width that they were measured with: a wide sign takes its cell and empties the
    next one. Cells are written and read in runs, however wide: each row remembers where a run may end.
    """

    def __init__(self, width: int, height: int) -> None:
        self._signs = [[" "] * width for _ in range(height)]
        self._styles = [[BLANK] * width for _ in range(height)]
        self._ends = [{width} for _ in range(height)]

    def put(self, x: int, y: int, text: str, style: str) -> None:
        """Write a text from a cell on; it must fit."""
        signs = spread(text)
        if signs and x and not width(signs[0]):
            x -= 1
            signs = (self._signs[y][x] + signs[0], *signs[1:])
        self._write(x, y, signs, style)

    def mark(self, x: int, y: int, sign: str, style: str, times: int = 1) -> None:
        """Write a sign that takes one cell, as every piece of a line does, so many times side by side."""
        self._write(x, y, sign * times, style)

    def _write(self, x: int, y: int, signs: Sequence[str], style: str) -> None:
        end = x + len(signs)
        self._signs[y][x:end] = signs
        self._styles[y][x:end] = [style] * len(signs)
        self._ends[y].update((x, end))

    def rows(self) -> tuple[Row, ...]:
        """Every row in full width, neighbours of one style in one segment."""
        return tuple(map(_segments, self._signs, self._styles, self._ends))


def _segments(signs: list[str], styles: list[str], ends: set[int]) -> Row:
    found: list[Segment] = []
    begin = 0
    for end in sorted(ends):
        if end and (end == len(styles) or styles[end] != styles[begin]):
            found.append(Segment("".join(signs[begin:end]), styles[begin]))
            begin = end
    return tuple(found)


class Strokes:
    """The pieces of lines, net by net, before they become characters.

    Level ways are kept as runs; upright ones, corners and ends cell by cell.
    """

    def __init__(self) -> None:
        self._rows: dict[int, dict[int, dict[int, int]]] = {}
        self._runs: dict[int, list[tuple[int, int, int]]] = {}
        self._kinds: dict[int, str] = {}

    def draw(self, points: tuple[Point, ...], net: int, kind: str) -> None:
        """Add the way along the points; the first and the last one lie on borders of boxes."""
        self._kinds[net] = kind
        for begin, end in pairwise(points):
            (x, y), (far, low) = sorted((begin, end))
            if y == low:
                self._add(x, y, net, EAST)
                self._add(far, y, net, WEST)
                self._runs.setdefault(y, []).append((x + 1, far, net))
            else:
                self._add(x, y, net, SOUTH)
                self._add(x, low, net, NORTH)
                for between in range(y + 1, low):
                    self._add(x, between, net, UPRIGHT)

    def _add(self, x: int, y: int, net: int, directions: int) -> None:
        nets = self._rows.setdefault(y, {}).setdefault(x, {})
        nets[net] = nets.get(net, 0) | directions

    def paint(self, canvas: Canvas, glyphs: Glyphs) -> None:
        """Put every piece on the canvas; boxes are put on it afterwards."""
        for y, runs in self._runs.items():
            cells = self._rows[y]
            columns = sorted(cells)
            for begin, end, net in runs:
                canvas.mark(begin, y, *self._piece({net: LEVEL}, glyphs), end - begin)
                for x in columns[bisect_left(columns, begin) : bisect_left(columns, end)]:
                    cells[x][net] = cells[x].get(net, 0) | LEVEL
        for y, cells in self._rows.items():
            for x, nets in cells.items():
                canvas.mark(x, y, *self._piece(nets, glyphs))

    def _piece(self, nets: dict[int, int], glyphs: Glyphs) -> tuple[str, str]:
        """The sign of a cell, and its style."""
        upright = (net for net, mask in nets.items() if mask == UPRIGHT)
        net = next(upright, next(iter(nets)))
        kind = self._kinds[net]
        return _piece(nets, net, kind, glyphs), f"edge.{kind}"


def _piece(nets: dict[int, int], net: int, kind: str, glyphs: Glyphs) -> str:
    if len(nets) > 1:
        return glyphs.cross
    mask = nets[net]
    level, upright = glyphs.strokes.get(kind, (glyphs.joints[LEVEL], glyphs.joints[UPRIGHT]))
    if mask == LEVEL:
        return level
    return upright if mask == UPRIGHT else glyphs.joints.get(mask, upright)
