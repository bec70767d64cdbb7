"""Tokens: how they leave a node."""

from __future__ import annotations

from engine.events import Moved
from engine.plan import PlanNode
from engine.run import Run


def leave(run: Run, node: PlanNode) -> None:
    """The node is done: its tokens go on to whatever follows."""
    run.emit(Moved(node.id, node.next))


def ahead(run: Run) -> set[str]:
    """Every node that a token stands at or can still come to."""
    found: set[str] = set()
    todo = [node for node, count in run.state.tokens.items() if count]
    while todo:
        node = todo.pop()
        if node not in found:
            found.add(node)
            todo.extend(run.program.node(node).next)
    return found


def leave_if_there(run: Run, node: str) -> None:
    """Let the token go on that waits at the node, if one does."""
    if run.state.tokens.get(node):
        leave(run, run.program.node(node))
