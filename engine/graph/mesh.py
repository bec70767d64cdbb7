"""The layered form of a graph: no cycles, a level per node, a waypoint on each level on the way.

Rejections that lead to one place share their waypoints, so that they join into one line.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from engine.graph.build import TOKEN_EDGES, Graph

_MEETING = frozenset({"return", "reject"})


class Path(NamedTuple):
    """The way of one graph edge. `vertices` run from the upper to the lower end.

    `line` is the number of the drawn line; edges of one line run together where they can. `turned`
    is true for an edge that was turned round to break a cycle: its target is the upper end.
    """

    source: str
    target: str
    kind: str
    line: int
    turned: bool
    vertices: tuple[int, ...]


class Mesh:
    """Vertices by number, the graph's nodes first, then waypoints.

    Attributes:
        names: node ids; the vertices from `len(names)` on are waypoints.
        level: the level of each vertex, 0 on top.
        layers: the vertices of each level, from the left; ordering rearranges them.
        above, below: neighbours on the adjacent levels, with the weight of the link: 4 between
            waypoints, 3 for a token's way from node to node, 2 for its way from or to a waypoint,
            1 for what only hangs on.
        paths: the way of every edge.
    """

    def __init__(self, graph: Graph) -> None:
        self.names = list(graph)
        number = {name: index for index, name in enumerate(self.names)}
        self.edges = [
            (number[source], number[target], data["kind"])
            for source, target, data in graph.edges(data=True)
            if source != target
        ]
        turned = _turned(len(self.names), self.edges)
        pairs = [
            (target, source) if back else (source, target)
            for (source, target, _), back in zip(self.edges, turned, strict=True)
        ]
        self.level = _levels(len(self.names), pairs, number.get("start", 0))
        self.above: list[dict[int, int]] = [{} for _ in self.names]
        self.below: list[dict[int, int]] = [{} for _ in self.names]
        self._waypoints: dict[tuple[int, int], int] = {}
        self._lines: dict[tuple[int, bool], int] = {}
        self.paths = [
            self._path(index, pair, back)
            for index, (pair, back) in enumerate(zip(pairs, turned, strict=True))
        ]
        self.layers: list[list[int]] = [[] for _ in range(max(self.level, default=-1) + 1)]

    def is_waypoint(self, vertex: int) -> bool:
        """True for a vertex that is no node."""
        return vertex >= len(self.names)

    def _path(self, index: int, pair: tuple[int, int], turned: bool) -> Path:  # noqa: FBT001
        source, target, kind = self.edges[index]
        line = index
        if kind in _MEETING:
            line = self._lines.setdefault((target, turned), index)
        upper, lower = pair
        between = range(self.level[upper] + 1, self.level[lower])
        vertices = (upper, *(self._waypoint(line, level) for level in between), lower)
        for first, second in pairwise(vertices):
            weight = self._weight(first, second, kind)
            self.below[first][second] = max(weight, self.below[first].get(second, 0))
            self.above[second][first] = self.below[first][second]
        return Path(self.names[source], self.names[target], kind, line, turned, vertices)

    def _waypoint(self, line: int, level: int) -> int:
        vertex = self._waypoints.setdefault((line, level), len(self.level))
        if vertex == len(self.level):
            self.level.append(level)
            self.above.append({})
            self.below.append({})
        return vertex

    def _weight(self, first: int, second: int, kind: str) -> int:
        waypoints = self.is_waypoint(first) + self.is_waypoint(second)
        if waypoints == 2:  # noqa: PLR2004 - both ends
            return 4
        if kind not in TOKEN_EDGES:
            return 1
        return 2 if waypoints else 3


def _turned(count: int, edges: list[tuple[int, int, str]]) -> list[bool]:
    """Which edges lead back to a node that is still on the way from the start (depth first)."""
    out: list[list[int]] = [[] for _ in range(count)]
    fresh = [True] * count
    for index, (source, target, _) in enumerate(edges):
        out[source].append(index)
        fresh[target] = False
    turned = [False] * len(edges)
    state = [0] * count
    for root in [*(node for node in range(count) if fresh[node]), *range(count)]:
        if state[root]:
            continue
        state[root] = 1
        stack = [(root, iter(out[root]))]
        while stack:
            node, rest = stack[-1]
            edge = next(rest, None)
            if edge is None:
                state[node] = 2
                stack.pop()
                continue
            target = edges[edge][1]
            turned[edge] = state[target] == 1
            if not state[target]:
                state[target] = 1
                stack.append((target, iter(out[target])))
    return turned


def _levels(count: int, pairs: list[tuple[int, int]], start: int) -> list[int]:
    """Longest-path levels; then whatever hangs above more than below moves down to its use."""
    out: list[list[int]] = [[] for _ in range(count)]
    into = [0] * count
    for upper, lower in pairs:
        out[upper].append(lower)
        into[lower] += 1
    open_ends = into.copy()
    order = [node for node in range(count) if not open_ends[node]]
    level = [0] * count
    for node in order:
        for lower in out[node]:
            level[lower] = max(level[lower], level[node] + 1)
            open_ends[lower] -= 1
            if not open_ends[lower]:
                order.append(lower)
    for node in reversed(order):
        if node != start and len(out[node]) > into[node]:
            level[node] = min(level[lower] for lower in out[node]) - 1
    return level
