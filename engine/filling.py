"""Who fills a role in a task: what the role says, less those whom the task itself keeps out."""

from __future__ import annotations

from collections.abc import Mapping

from dsl.model import Approval, Item
from engine.events import Bar, Filled
from engine.roles import NO_BARS
from engine.scope import Scope
from engine.state import ActionTask, CauseTask, ItemTask, StepTask, Task


def kept_out(scope: Scope, approval: Approval, role: str) -> Mapping[str, Bar]:
    """Nobody approves for themselves, nor twice where that is forbidden."""
    found: dict[str, Bar] = {}
    if approval.repeat == "forbidden":
        begun = scope.state.approvals.get(approval.id)
        found |= dict.fromkeys(sorted(begun.approvers) if begun else (), "approved_before")
    if role not in scope.program.subject_roles:
        found[scope.state.subject] = "applicant"
    return found


def kept_from_own(scope: Scope, whose: str | None, role: str) -> Mapping[str, Bar]:
    """Nobody takes over from themselves: whom the case is about is left out, unless the role means them.

    `whose` is the role that gives something, or from which something is taken.
    """
    theirs = scope.program.subject_roles
    if whose not in theirs or role in theirs:
        return NO_BARS
    return {scope.state.subject: "applicant"}


def fill_item(scope: Scope, item: Item, role: str) -> Filled:
    """A role as it resolves now for an item."""
    return scope.roles.fill(role, kept_from_own(scope, item.giver, role))


def fill_action(scope: Scope, ref: str, operation: str, role: str) -> Filled:
    """A role as it resolves now for an action or an access."""
    return scope.roles.fill(role, _kept_from_action(scope, ref, operation, role))


def _kept_from_action(scope: Scope, ref: str, operation: str, role: str) -> Mapping[str, Bar]:
    access = scope.program.accesses.get(ref)
    taken = access.revoke_from if access is not None and operation == "revoke" else None
    return kept_from_own(scope, taken, role)


def fill_step(scope: Scope, approval: Approval, role: str) -> Filled:
    """A role as it resolves now for a step of an approval."""
    return scope.roles.fill(role, kept_out(scope, approval, role))


def barred_from(scope: Scope, task: Task, role: str) -> Mapping[str, Bar]:
    """Whom the task itself keeps out of a role: of a step, of one's own things, of one's own word."""
    if isinstance(task, StepTask):
        return kept_out(scope, scope.program.approvals[task.approval], role)
    if isinstance(task, CauseTask) and task.confirmer == role:
        return {task.stated_by: "excluded"}
    if isinstance(task, ItemTask):
        own = kept_from_own(scope, scope.program.items[task.ref].giver, role)
        return {**own, **_kept_from_named(scope, task, role)} if task.named else own
    if isinstance(task, ActionTask):
        return _kept_from_action(scope, task.ref, task.operation, role)
    return {}


def _kept_from_named(scope: Scope, task: ItemTask, role: str) -> Mapping[str, Bar]:
    """Whoever was named for this item alone is kept out of a role by that as if named for all."""
    never = scope.program.roles[role].never
    return {task.named[other]: "excluded" for other in never if other in task.named}


def excluded_in(scope: Scope, task: Task, role: str) -> set[str]:
    """Everybody whom `never` keeps out of a role in a task."""
    named = _kept_from_named(scope, task, role) if isinstance(task, ItemTask) else NO_BARS
    return scope.roles.excluded(scope.program.roles[role]) | named.keys()


def fill_in(scope: Scope, task: Task, role: str) -> Filled:
    """A role as it resolves now for a task."""
    if isinstance(task, StepTask):
        return fill_step(scope, scope.program.approvals[task.approval], role)
    named = task.named.get(role) if isinstance(task, ItemTask) else None
    person = None if named is None else scope.context.directory.person(named)
    if person is not None and person.works_on(scope.today):
        return Filled((person.id,))
    return scope.roles.fill(role, barred_from(scope, task, role))


def has_part(task: Task, person: str, place_of: str | None) -> bool:
    """True if somebody has a say in the task already, other than in that owner's place."""
    voted = isinstance(task, StepTask) and any(person in vote.hands for vote in task.votes)
    others = {one.by for one in task.stand_ins if one.person != place_of}
    return voted or person in task.owners or person in others


def kept_out_by(scope: Scope, task: Task, person: str, place_of: str | None) -> str | None:
    """A role of the owner, else of the task, that a person is kept out of."""
    theirs = [role for role, filled in task.roles.items() if place_of in filled.people]
    for role in theirs or task.roles:
        banned = scope.roles.excluded(scope.program.roles[role])
        banned |= barred_from(scope, task, role).keys()
        others = role not in scope.program.subject_roles or place_of is not None
        if others and not isinstance(task, StepTask):
            banned = banned | {scope.state.subject}
        if person in banned:
            return role
    return None
