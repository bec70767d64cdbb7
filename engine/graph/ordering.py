"""The order of the vertices on each level: as the process is written, then with fewer crossings."""

from __future__ import annotations

from bisect import bisect_right, insort
from itertools import pairwise

from engine.graph.mesh import Mesh

ROUNDS = 8
"""Sweeps down and up at most; a process without cross dependencies needs none."""


def order(mesh: Mesh) -> None:
    """Fill and arrange `mesh.layers`.

    The first order is that of a walk through the process, which crosses nothing where structure
    nests. Barycentre sweeps (Sugiyama, Tagawa, Toda 1981) follow while they help.
    """
    _walk(mesh)
    best = [list(layer) for layer in mesh.layers]
    fewest = _crossings(mesh)
    for turn in range(ROUNDS):
        if not fewest:
            break
        _sweep(mesh, down=turn % 2 == 0)
        crossings = _crossings(mesh)
        if crossings < fewest:
            fewest = crossings
            best = [list(layer) for layer in mesh.layers]
    mesh.layers[:] = best


def _walk(mesh: Mesh) -> None:
    """Depth first, what a token takes before what hangs on, in the order of the graph."""
    seen = [False] * len(mesh.level)
    roots = [vertex for vertex in range(len(mesh.level)) if not mesh.above[vertex]]
    stack = list(reversed(roots))
    while stack:
        vertex = stack.pop()
        if seen[vertex]:
            continue
        seen[vertex] = True
        mesh.layers[mesh.level[vertex]].append(vertex)
        links = mesh.below[vertex].items()
        # The stack turns the order round: what is to be walked last goes on it first.
        stack.extend(reversed([lower for lower, weight in links if weight == 1]))
        stack.extend(reversed([lower for lower, weight in links if weight != 1]))


def _sweep(mesh: Mesh, *, down: bool) -> None:
    levels = range(1, len(mesh.layers)) if down else range(len(mesh.layers) - 2, -1, -1)
    neighbours = mesh.above if down else mesh.below
    for level in levels:
        fixed = mesh.layers[level - 1 if down else level + 1]
        position = {vertex: index for index, vertex in enumerate(fixed)}
        layer = mesh.layers[level]
        wish: dict[int, float] = {}
        last = 0.0
        for vertex in layer:
            ends = [position[end] for end in neighbours[vertex]]
            # A vertex without neighbours stays beside the one that it stood beside.
            last = sum(ends) / len(ends) if ends else last
            wish[vertex] = last
        layer.sort(key=wish.__getitem__)


def _crossings(mesh: Mesh) -> int:
    total = 0
    for upper, lower in pairwise(mesh.layers):
        position = {vertex: index for index, vertex in enumerate(lower)}
        seen: list[int] = []
        for vertex in upper:
            ends = sorted(position[end] for end in mesh.below[vertex])
            total += sum(len(seen) - bisect_right(seen, end) for end in ends)
            for end in ends:
                insort(seen, end)
    return total
