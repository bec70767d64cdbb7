"""Why something is stuck: what keeps a gate shut, in things that a reader can look up."""

from __future__ import annotations

from dsl.expressions.tree import (
    AllOf,
    ApprovalIs,
    EveryItemDone,
    Expression,
    ItemIs,
)
from dsl.model import Target
from engine.scope import Scope
from engine.state import SETTLED


def gate_obstacles(scope: Scope, gate: str) -> list[Target]:
    """What keeps a gate shut now: items that are not done, approvals that have not come, facts.

    An item that the flow has not come to stands without a key. Conditions that are about neither give
    no target of their own; the gate's own reading says what they ask for.
    """
    found: list[Target] = []
    for condition in scope.program.gates[gate].until:
        if not scope.holds(condition):
            found += _obstacles(scope, condition)
    return list(dict.fromkeys(found))


def _obstacles(scope: Scope, condition: Expression) -> list[Target]:
    match condition:
        case EveryItemDone():
            items = [*scope.state.items, *sorted(scope.state.unlisted)]
            return [one for item in items for one in undone(scope, item)]
        case ItemIs(item, _):
            return undone(scope, item)
        case ApprovalIs(approval, _):
            return [Target("approval", approval)]
        case AllOf(parts):
            return [
                one for part in parts if not scope.holds(part) for one in _obstacles(scope, part)
            ]
        case _:
            return []


def undone(scope: Scope, item: str) -> list[Target]:
    """The instances of an item that are not done, waived or not applicable."""
    if item in scope.state.unlisted:
        return [Target("item", item)]
    tasks = (scope.state.item(task) for task in scope.state.items.get(item, ()))
    return [
        Target("item", item, task.key)
        for task in tasks
        if task is not None and task.status not in SETTLED
    ]
