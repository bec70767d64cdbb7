"""E408: something must be done by people outside only.

Why: outside parties never log in, so what only they could do is never done. Somebody inside
attaches what came from them, as evidence.

Example: a step of `role client "Client" is external`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, External


def external_actors(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each thing whose actors are all outside."""
    outside = {
        role.id
        for role in checked.rulebook.roles
        if all(isinstance(each, External) for each in role.resolvers)
    }
    return tuple(
        finding("E408", "error", [label(checked, path, "E408.label")], {"role": roles[0]})
        for path, roles in _actors(checked)
        if outside.issuperset(roles)
    )


def _actors(checked: Checked) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where somebody must act, and the roles one of which can."""
    rulebook = checked.rulebook
    for approval in rulebook.approvals:
        for step in approval.steps:
            yield f"approval.{approval.id}.steps.{step.id}", step.roles
    for item in rulebook.items:
        yield f"item.{item.id}.giver", (item.giver,)
        yield f"item.{item.id}.receiver", (item.receiver,)
    for kind, things in (("action", rulebook.actions), ("access", rulebook.accesses)):
        for thing in things:
            yield f"{kind}.{thing.id}.by", (thing.by,)
    for process in rulebook.processes:
        yield f"process.{process.id}.started_by", process.started_by
        yield f"process.{process.id}.managed_by", process.managed_by
