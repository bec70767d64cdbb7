"""Where a case stands on its graph."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from engine.plan import PlanNode
from engine.scope import Scope
from engine.state import Task

Mark = Literal["here", "done", "overdue", "waiting", "skipped", "closed"]


def case_marks(scope: Scope) -> dict[str, Mark]:
    """A mark per node that the case has come to, or that a way not taken has left out."""
    state = scope.state
    marks: dict[str, Mark] = {
        node: "done" for node in state.passed if node in scope.program.plan.nodes
    }
    skipped = {item for item in scope.program.placed_items if _left_out(scope, item)}
    answered = {task.ref for task in state.tasks.values()}
    for node in scope.program.plan.nodes.values():
        passed_over = node.kind == "step" and node.id in state.passed and node.ref not in answered
        if state.tokens[node.id]:
            marks[node.id] = _standing(scope, node)
        elif passed_over or (node.kind == "item" and node.ref in skipped):
            marks[node.id] = "skipped"
    marks |= _follow_ups(scope)
    for gate in scope.program.gates:
        marks[f"gate:{gate}"] = "done" if state.is_open(gate) else "closed"
    if state.status != "open":
        marks["end:rejected" if state.status == "rejected" else "end:closed"] = "done"
    return marks


def _follow_ups(scope: Scope) -> dict[str, Mark]:
    """Where a closed case stands with what comes up later."""
    found: dict[str, Mark] = {}
    for one in scope.program.process.follow_ups:
        node = f"{one.kind}:{one.id}"
        tasks = [task for task in scope.state.tasks.values() if task.ref == one.id]
        if any(task.overdue for task in tasks):
            found[node] = "overdue"
        elif any(not task.ended for task in tasks):
            found[node] = "here"
        elif tasks:
            found[node] = "done"
        elif scope.state.timers.get(one.id):
            found[node] = "waiting"
    return found


def _standing(scope: Scope, node: PlanNode) -> Mark:
    tasks = list(_tasks_at(scope, node))
    if any(task.overdue for task in tasks):
        return "overdue"
    if node.kind == "gate":
        return "closed"
    if node.kind == "join" or (tasks and all(task.status == "waiting" for task in tasks)):
        return "waiting"
    return "here"


def _tasks_at(scope: Scope, node: PlanNode) -> Iterable[Task]:
    active = (scope.state.tasks[task] for task in scope.state.active)
    return (task for task in active if task.ref == node.ref)


def _left_out(scope: Scope, item: str) -> bool:
    state = scope.state
    listed = state.items.get(item)
    if listed is None:
        return item not in state.unlisted
    return bool(listed) and all(state.tasks[task].status == "not_applicable" for task in listed)
