"""Columns: where each vertex stands on its level, how far bars reach, where lines leave a box."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from engine.graph.mesh import Mesh

ROUNDS = 6
"""Sweeps over the levels, down and up in turn; more move nothing that the eye sees."""
STRAIGHT = 50
"""How much more a stronger link weighs than a weaker one: long and main lines stay straight."""

Bar = Literal["over", "under", "plain"]


class Size(NamedTuple):
    """The room that a node needs, in cells.

    Attributes:
        width, height: of its box, borders included.
        bar: a gateway's bar, which may be stretched: `over` what it parts or `under` what it
            joins, where it follows the others and pulls at none; `plain` if it stands as a box does.
        label: the width of the texts beside its two ways out, 0 without.
    """

    width: int
    height: int
    bar: Bar | None = None
    label: int = 0


class Columns:
    """The columns of a mesh.

    Attributes:
        left, right: the first and the last column of each vertex.
        top, bottom: per vertex, the column at which each line comes in from above or leaves below;
            none before `join`.
    """

    def __init__(self, mesh: Mesh, sizes: Sequence[Size]) -> None:
        self._mesh = mesh
        self._sizes = sizes
        self._half = [0] * len(mesh.level)
        self.bottom: list[dict[int, int]] = [{} for _ in mesh.level]
        self.top: list[dict[int, int]] = [{} for _ in mesh.level]
        self._rank = {v: i for layer in mesh.layers for i, v in enumerate(layer)}
        self._above, self._below = self._gather()
        self._bars = [size.bar for size in sizes] + [None] * (len(mesh.level) - len(sizes))
        vertices = range(len(mesh.level))
        self._pulls = [(self._pull(at, down=True), self._pull(at, down=False)) for at in vertices]
        self._fit_boxes()
        self.centre = self._centres()
        self.left = [c - half for c, half in zip(self.centre, self._half, strict=True)]
        self.right = [c + half for c, half in zip(self.centre, self._half, strict=True)]

    @property
    def width(self) -> int:
        """The cells that the vertices take; lines and bars may need more, never less."""
        return max(self.right, default=-1) + 1

    def join(self) -> None:
        """Stretch the bars over what they part or join, and say where lines come in and leave."""
        self._stretch_bars()
        self._dock()

    def _gather(self) -> tuple[list[dict[int, list[int]]], list[dict[int, list[int]]]]:
        """Per vertex, above it and below it, the vertices at the other end of each line."""
        above: list[dict[int, list[int]]] = [{} for _ in self._mesh.level]
        below: list[dict[int, list[int]]] = [{} for _ in self._mesh.level]
        for path in self._mesh.paths:
            for upper, lower in pairwise(path.vertices):
                below[upper].setdefault(path.line, []).append(lower)
                above[lower].setdefault(path.line, []).append(upper)
        return above, below

    def _lines(self, vertex: int, *, below: bool) -> dict[int, list[int]]:
        return self._below[vertex] if below else self._above[vertex]

    def _fit_boxes(self) -> None:
        """Odd widths, so that a box has a middle column, with a cell between any two lines."""
        for vertex, size in enumerate(self._sizes):
            most = max(len(self._lines(vertex, below=side)) for side in (True, False))
            width = max(size.width, 2 * most + 1, 2 * size.label + 7 if size.label else 0)
            self._half[vertex] = width // 2

    def _centres(self) -> list[int]:
        """Sweeps in which each level stands as near as it can to the level beside it."""
        layers = self._mesh.layers
        centre = [0] * len(self._mesh.level)
        gaps = [[self._gap(first, second) for first, second in pairwise(layer)] for layer in layers]
        for turn in range(ROUNDS):
            down = turn % 2 == 0
            order = range(len(layers)) if down else range(len(layers) - 1, -1, -1)
            for level in order:
                wishes = [self._wish(vertex, centre, down=down) for vertex in layers[level]]
                where = pack([w for w, _ in wishes], [w for _, w in wishes], gaps[level])
                for vertex, column in zip(layers[level], where, strict=True):
                    centre[vertex] = column
        edge = min((c - half for c, half in zip(centre, self._half, strict=True)), default=0)
        return [column - edge for column in centre]

    def _gap(self, first: int, second: int) -> int:
        boxes = not (self._mesh.is_waypoint(first) or self._mesh.is_waypoint(second))
        return self._half[first] + self._half[second] + (3 if boxes else 2)

    def _wish(self, vertex: int, centre: list[int], *, down: bool) -> tuple[float, int]:
        """The column that a vertex would like, and how much that weighs."""
        ends, weight = self._pulls[vertex][0 if down else 1]
        if not ends:
            return centre[vertex], weight
        if len(ends) == 1:
            return centre[ends[0]], weight
        columns = [centre[end] for end in ends]
        return (min(columns) + max(columns)) / 2, weight

    def _pull(self, vertex: int, *, down: bool) -> tuple[list[int], int]:
        """The ends of the links above or below that a vertex follows, and how much they weigh."""
        links, own = self._followed(vertex, down=down), self._bars[vertex]
        if not links:
            return [], STRAIGHT if own else 1
        strongest = max(links.values())
        least = 1 if own else strongest
        return [end for end, weight in links.items() if weight >= least], STRAIGHT**strongest

    def _followed(self, vertex: int, *, down: bool) -> dict[int, int]:
        """The links above or below that pull at a vertex."""
        own, mesh = self._bars[vertex], self._mesh
        links, passive = (mesh.above, "over") if down else (mesh.below, "under")
        if own in ("over", "under"):
            return {} if own == passive else links[vertex]
        return {end: weight for end, weight in links[vertex].items() if self._bars[end] != passive}

    def _stretch_bars(self) -> None:
        for layer in self._mesh.layers:
            for place, vertex in enumerate(layer):
                if not self._bars[vertex]:
                    continue
                beside = (layer[place - 1 : place], layer[place + 1 : place + 2])
                lowest = max((self.right[other] + 2 for other in beside[0]), default=0)
                highest = min((self.left[other] - 2 for other in beside[1]), default=None)
                ends = [
                    self.centre[end]
                    for links in (self._mesh.above[vertex], self._mesh.below[vertex])
                    for end in links
                ]
                self.left[vertex] = min(self.left[vertex], max(lowest, min(ends) - 1))
                reach = max(ends) + 1
                reach = reach if highest is None else min(highest, reach)
                self.right[vertex] = max(self.right[vertex], reach)

    def _dock(self) -> None:
        for vertex in range(len(self._mesh.level)):
            for below in (True, False):
                lines = self._lines(vertex, below=below)
                docks = self.bottom[vertex] if below else self.top[vertex]
                if self._mesh.is_waypoint(vertex):
                    docks.update(dict.fromkeys(lines, self.centre[vertex]))
                elif lines:
                    docks.update(self._docks(vertex, lines, below=below))

    def _docks(self, vertex: int, lines: dict[int, list[int]], *, below: bool) -> dict[int, int]:
        """One column per line along the side of a box, in the order of what the lines lead to."""
        order = sorted(
            lines, key=lambda line: (min(map(self._rank.__getitem__, lines[line])), line)
        )
        wishes = [self._dock_wish(vertex, lines[line], below=below) for line in order]
        size = self._sizes[vertex]
        gap = 2 * size.label + 3 if below and size.label else 2
        gaps = [gap] * (len(order) - 1)
        where = pack([w for w, _ in wishes], [w for _, w in wishes], gaps)
        first, last = self._side(vertex)
        docks = {}
        for index, (line, column) in enumerate(zip(order, where, strict=True)):
            lowest = first + gap * index
            highest = last - gap * (len(order) - 1 - index)
            docks[line] = min(max(column, lowest), highest)
        return docks

    def _side(self, vertex: int) -> tuple[int, int]:
        if self._mesh.is_waypoint(vertex):
            return self.centre[vertex], self.centre[vertex]
        return self.left[vertex] + 1, self.right[vertex] - 1

    def _dock_wish(self, vertex: int, ends: list[int], *, below: bool) -> tuple[float, int]:
        """Straight above or below the other end if the two boxes overlap, else towards it."""
        first, last = self._side(vertex)
        columns = [self._common(vertex, end, below=below) for end in ends]
        straight = [column for column in columns if column is not None]
        if straight:
            return straight[0], STRAIGHT
        if len(self._lines(vertex, below=below)) == 1 and not self._bars[vertex]:
            return self.centre[vertex], 1
        towards = sum(self.centre[end] for end in ends) / len(ends)
        return min(max(towards, first), last), 1

    def _common(self, vertex: int, other: int, *, below: bool) -> int | None:
        """A column that both ends of a link have, the same seen from either of them."""
        upper, lower = (vertex, other) if below else (other, vertex)
        (first, last), (low, high) = self._side(upper), self._side(lower)
        first, last = max(first, low), min(last, high)
        if first > last:
            return None
        anchor = self.centre[min(upper, lower, key=lambda end: self._spread(end, upper))]
        return min(max(anchor, first), last)

    def _spread(self, vertex: int, upper: int) -> tuple[bool, int, int]:
        """Small for the end of a link that has the least room to move its lines."""
        if self._mesh.is_waypoint(vertex):
            return False, 0, 0
        lines = len(self._lines(vertex, below=vertex == upper))
        return self._bars[vertex] is not None, lines, self.right[vertex] - self.left[vertex]


def pack(wishes: list[float], weights: list[int], gaps: list[int]) -> list[int]:
    """Columns with at least the gaps between them whose weighted squared moves are the least.

    Pool adjacent violators (isotonic regression), exact and linear; the result is rounded, which
    keeps the gaps because they are whole.
    """
    blocks: list[tuple[float, int, int]] = []
    offset = 0
    for index, (wish, weight) in enumerate(zip(wishes, weights, strict=True)):
        offset += gaps[index - 1] if index else 0
        mean, mass, count = wish - offset, weight, 1
        while blocks and blocks[-1][0] > mean:
            other_mean, other_mass, other_count = blocks.pop()
            mean = (mean * mass + other_mean * other_mass) / (mass + other_mass)
            mass += other_mass
            count += other_count
        blocks.append((mean, mass, count))
    columns: list[int] = []
    offset = 0
    for mean, _, count in blocks:
        for _ in range(count):
            offset += gaps[len(columns) - 1] if columns else 0
            columns.append(int(mean // 1) + (mean % 1 > 0.5) + offset)  # noqa: PLR2004 - half a cell
    return columns
