"""A layered drawing of the graph in whole cells: boxes and lines, no characters and no colours.

The phases are Sugiyama's: break cycles and set levels (`mesh`), order each level (`ordering`),
choose columns (`placing`), turn the lines between the levels (`routing`). Everything follows from
the graph's own order, so the same graph always gives the same drawing.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal

from msgspec import Struct

from engine.graph.build import EdgeKind, Graph
from engine.graph.mesh import Mesh, Path
from engine.graph.ordering import order
from engine.graph.placing import Columns, Size
from engine.graph.routing import Ends, Space, route

Point = tuple[int, int]
"""Column and row, from 0 at the left and at the top."""


class Box(Struct, frozen=True):
    """A node's rectangle; `x`, `y` is its upper left cell."""

    id: str
    kind: str
    x: int
    y: int
    width: int
    height: int


class Anchor(Struct, frozen=True):
    """Where the text beside a way out stands: it begins at `x`, or ends there if `side` is left."""

    x: int
    y: int
    side: Literal["left", "right"]


class Line(Struct, frozen=True):
    """One edge, as the corners of its way from the border of its source to that of its target.

    Lines of one `net` may share cells (rejections that lead to one place); others only cross.
    """

    source: str
    target: str
    kind: EdgeKind
    net: int
    points: tuple[Point, ...]
    label: Anchor | None = None


class Layout(Struct, frozen=True):
    """Boxes and lines in the order of the graph; everything lies in `width` × `height` cells."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


class Levels:
    """The levels of a graph and the order on them, which are the same however large its nodes are.

    Args:
        graph: as `engine.graph.build.build` makes it. An edge from a node to itself is left out.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._mesh = Mesh(graph)
        order(self._mesh)

    def layout(self, sizes: Mapping[str, Size], widest: int | None = None) -> Layout | None:
        """Lay the graph out from the top down.

        Args:
            sizes: the room that each node needs, by id.
            widest: the cells that there are in a row, if not as many as it takes.

        Returns:
            The layout; None if it is wider than that.
        """
        rooms = [sizes[name] for name in self._mesh.names]
        columns = Columns(self._mesh, rooms)
        if widest is not None and columns.width > widest:
            return None
        columns.join()
        found = _Painter(self._graph, self._mesh, rooms, columns).run()
        return None if widest is not None and found.width > widest else found


class _Painter:
    """Gives rows to the columns."""

    def __init__(self, graph: Graph, mesh: Mesh, sizes: list[Size], columns: Columns) -> None:
        self.graph = graph
        self.mesh = mesh
        self.sizes = sizes
        self.columns = columns
        self.spaces = self._spaces()
        self.head = self._heads()
        self.row: list[int] = []
        self.depth: list[int] = []
        row = 0
        for level, layer in enumerate(mesh.layers):
            self.row.append(row)
            heights = [sizes[vertex].height for vertex in layer if not mesh.is_waypoint(vertex)]
            self.depth.append(max(heights, default=1))
            row += self.depth[-1] + self.head[level] + self.spaces[level].rows + 1
        self.height = row - 1 if row else 0

    def run(self) -> Layout:
        boxes = tuple(
            Box(
                id=name,
                kind=self.graph.nodes[name]["kind"],
                x=self.columns.left[vertex],
                y=self.row[self.mesh.level[vertex]],
                width=self.columns.right[vertex] - self.columns.left[vertex] + 1,
                height=self.sizes[vertex].height,
            )
            for vertex, name in enumerate(self.mesh.names)
        )
        lines = tuple(self._line(path) for path in self.mesh.paths)
        right = [box.x + box.width for box in boxes]
        right += [x + 1 for line in lines for x, _ in line.points]
        return Layout(max(right, default=0), self.height, boxes, lines)

    def _spaces(self) -> list[Space]:
        tops: list[dict[int, set[int]]] = [{} for _ in self.mesh.layers]
        bottoms: list[dict[int, set[int]]] = [{} for _ in self.mesh.layers]
        for path in self.mesh.paths:
            for upper, lower in pairwise(path.vertices):
                level = self.mesh.level[upper]
                column = self.columns.bottom[upper][path.line]
                tops[level].setdefault(path.line, set()).add(column)
                column = self.columns.top[lower][path.line]
                bottoms[level].setdefault(path.line, set()).add(column)
        return [
            route({n: Ends(frozenset(above[n]), frozenset(below[n])) for n in above})
            for above, below in zip(tops, bottoms, strict=True)
        ]

    def _heads(self) -> list[bool]:
        """Levels below which a row is kept for texts beside lines or for arrows that point up."""
        head = [False] * len(self.mesh.layers)
        for path in self.mesh.paths:
            upper = path.vertices[0]
            if path.turned or self.sizes[upper].label:
                head[self.mesh.level[upper]] = True
        return head

    def _line(self, path: Path) -> Line:
        upper, lower = path.vertices[0], path.vertices[-1]
        start = self.row[self.mesh.level[upper]] + self.sizes[upper].height - 1
        points: list[Point] = [(self.columns.bottom[upper][path.line], start)]
        for first, second in pairwise(path.vertices):
            points += self._turns(path.line, first, second)
        points.append((self.columns.top[lower][path.line], self.row[self.mesh.level[lower]]))
        if path.turned:
            points.reverse()
        return Line(
            source=path.source,
            target=path.target,
            kind=self.graph.edges[path.source, path.target]["kind"],
            net=path.line,
            points=tuple(points),
            label=self._label(upper, path.line) if self.sizes[upper].label else None,
        )

    def _turns(self, line: int, first: int, second: int) -> list[Point]:
        begin, end = self.columns.bottom[first][line], self.columns.top[second][line]
        level = self.mesh.level[first]
        turn = self.spaces[level].turns.get(line)
        if begin == end and (turn is None or turn.column is None):
            return []
        assert turn is not None
        base = self.row[level] + self.depth[level] + self.head[level]
        if turn.column is None:
            return [(begin, base + turn.row), (end, base + turn.row)]
        return [
            (begin, base + turn.row),
            (turn.column, base + turn.row),
            (turn.column, base + turn.second),
            (end, base + turn.second),
        ]

    def _label(self, upper: int, line: int) -> Anchor:
        """Inside the two ways out, where the box above keeps the place free."""
        row = self.row[self.mesh.level[upper]] + self.sizes[upper].height
        docks = self.columns.bottom[upper]
        column = docks[line]
        if column == min(docks.values()):
            return Anchor(column + 2, row, "right")
        return Anchor(column - 2, row, "left")
