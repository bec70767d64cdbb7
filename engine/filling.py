"""Who fills a role in a task: what the role says, less those whom the task itself keeps out."""

from __future__ import annotations

from dsl.model import Approval, Subject
from engine.events import Filled
from engine.scope import Scope
from engine.state import ItemTask, StepTask, Task


def kept_out(scope: Scope, approval: Approval, role: str) -> set[str]:
    """Nobody approves for themselves, nor twice where that is forbidden."""
    found: set[str] = set()
    if approval.repeat == "forbidden":
        found |= scope.state.approvals[approval.id].approvers
    declared = scope.program.roles[role]
    if not any(isinstance(resolver, Subject) for resolver in declared.resolvers):
        found.add(scope.state.subject)
    return found


def fill_step(scope: Scope, approval: Approval, role: str) -> Filled:
    """A role as it resolves now for a step of an approval."""
    return scope.roles.fill(role, kept_out(scope, approval, role))


def fill_in(scope: Scope, task: Task, role: str) -> Filled:
    """A role as it resolves now for a task."""
    if isinstance(task, StepTask):
        return fill_step(scope, scope.program.approvals[task.approval], role)
    named = task.named.get(role) if isinstance(task, ItemTask) else None
    person = None if named is None else scope.context.directory.person(named)
    if person is not None and person.works_on(scope.today):
        return Filled((person.id,))
    return scope.roles.fill(role)
