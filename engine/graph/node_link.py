"""The graph as JSON (node-link form), for programs that analyse or draw it themselves."""

from __future__ import annotations

from typing import Any

import msgspec

from engine.graph.build import Graph


def to_json(graph: Graph) -> dict[str, Any]:
    """The graph in plain JSON values; nodes and edges keep the order of the process.

    Shape: `{"process", "nodes": [{"id", "kind", "ref", "title", "stage", "place", "many",
    "conditional", "depth"}], "edges": [{"source", "target", "kind", "also"}]}`.
    """
    return {
        "process": graph.graph["process"],
        "nodes": [
            {"id": node, **{key: msgspec.to_builtins(value) for key, value in data.items()}}
            for node, data in graph.nodes(data=True)
        ],
        "edges": [
            {"source": source, "target": target, "kind": data["kind"], "also": list(data["also"])}
            for source, target, data in graph.edges(data=True)
        ],
    }
