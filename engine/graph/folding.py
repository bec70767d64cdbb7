"""Folding: a stage, an approval, branches or a part are drawn as one node that says how much it hides."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import networkx as nx

from engine.graph.build import TOKEN_EDGES, Graph

_MEETINGS = {"fork": "join", "choice": "merge"}
_WALKED = TOKEN_EDGES | {"return"}
_BARS = ("fork", "join", "merge")
Belongs = Callable[[Mapping[str, Any]], bool]
FOLDED = "folded"
"""The kind of a node that stands for itself and all that it hides; `was` is its own kind."""


def foldable(graph: Graph) -> dict[str, frozenset[str]]:
    """The nodes that can be folded, each with what it would hide, in the order of the process."""
    found = ((node, frozenset(_inside(graph, node))) for node in graph)
    return {node: hidden for node, hidden in found if len(hidden) > 1}


def folded(graph: Graph, closed: Collection[str]) -> Graph:
    """The graph with some of its nodes folded; what stands inside another folded node is hidden by that.

    A folded node has the kind `folded`, its own kind as `was`, and `hidden`, the number of nodes with
    a text that it hides; whatever led into them or out of them leads to it or from it.
    """
    hides = {node: hidden for node, hidden in foldable(graph).items() if node in closed}
    inside: dict[str, str] = {}
    for node, hidden in sorted(hides.items(), key=lambda entry: -len(entry[1])):
        if node not in inside:
            inside.update(dict.fromkeys(hidden - inside.keys(), node))
    found: Graph = nx.DiGraph(**graph.graph)
    for node, data in graph.nodes(data=True):
        if node not in inside:
            found.add_node(node, **data)
    for node in set(inside.values()):
        data = found.nodes[node]
        shown = sum(graph.nodes[one]["kind"] not in _BARS for one in hides[node])
        data.update(kind=FOLDED, was=data["kind"], hidden=shown)
    for source, target, data in graph.edges(data=True):
        _add(found, inside.get(source, source), inside.get(target, target), data)
    return found


def _add(graph: Graph, source: str, target: str, data: Mapping[str, object]) -> None:
    """Of several edges that come to lie between the same two nodes, one that a token walks is drawn."""
    drawn = graph.has_edge(source, target)
    walked = drawn and graph.edges[source, target]["kind"] in TOKEN_EDGES
    if source != target and not walked:
        graph.add_edge(source, target, **data)


def _inside(graph: Graph, node: str) -> Iterator[str]:
    """What a node would hide."""
    data = graph.nodes[node]
    kind, ref = data["kind"], data["ref"]
    match kind:
        case "fork" | "choice":
            yield from _between(graph, node, node.replace(kind, _MEETINGS[kind]))
        case "stage":
            for one in _others(graph, node, lambda data: data["stage"] == ref):
                yield one
                yield from _inside(graph, one)
        case "process":
            yield from _others(graph, node, lambda one: ref in one["parts"])
        case "approval":
            yield from (
                one for one in graph if one == f"revise:{ref}" or one.startswith(f"step:{ref}.")
            )
        case _:
            pass


def _others(graph: Graph, node: str, belongs: Belongs) -> Iterator[str]:
    return (one for one, data in graph.nodes(data=True) if one != node and belongs(data))


def _between(graph: Graph, node: str, meeting: str) -> Iterator[str]:
    """Everything that a token may pass from a gateway up to where its ways meet."""
    seen, waiting = {node}, [node]
    while waiting:
        here = waiting.pop()
        for target in graph.successors(here):
            if target not in seen and graph.edges[here, target]["kind"] in _WALKED:
                seen.add(target)
                yield target
                if target != meeting:
                    waiting.append(target)
