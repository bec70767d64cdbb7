"""From the graph to the plan: plain adjacency that the engine walks without networkx."""

from __future__ import annotations

from engine.graph.build import TOKEN_EDGES, Graph
from engine.plan import FORMAT, Plan, PlanNode


def flatten(graph: Graph, process: str) -> Plan:
    """The plan of a process: every node that a token can come to, in the order of the graph.

    A gate that only holds things is no place on the way and is left out.
    """
    nodes = {node: _flat(graph, node) for node in graph if _on_the_way(graph, node)}
    return Plan(format=FORMAT, process=process, start="start", nodes=nodes)


def _on_the_way(graph: Graph, node: str) -> bool:
    kinds = (graph.edges[source, node]["kind"] for source in graph.predecessors(node))
    if node == "start" or graph.nodes[node]["kind"] == "approval":
        return True
    return any(kind not in ("after", "holds", "later") for kind in kinds)


def _flat(graph: Graph, node: str) -> PlanNode:
    attributes = graph.nodes[node]
    out = {graph.edges[node, target]["kind"]: target for target in graph.successors(node)}
    tokens = [
        target
        for target in graph.successors(node)
        if graph.edges[node, target]["kind"] in TOKEN_EDGES
    ]
    if attributes["kind"] == "choice":
        tokens = [out["then"], out["otherwise"]]
    incoming = sum(
        graph.edges[source, node]["kind"] in TOKEN_EDGES for source in graph.predecessors(node)
    )
    return PlanNode(
        id=node,
        kind=attributes["kind"],
        ref=attributes["ref"],
        next=tuple(tokens),
        need=incoming if attributes["kind"] == "join" else 1,
        stage=attributes["stage"],
        reject=out.get("reject") or out.get("return"),
        condition=attributes.get("condition"),
        until=attributes.get("until"),
    )
