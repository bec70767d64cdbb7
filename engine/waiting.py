"""Whom a task waits for now, and who signs next."""

from __future__ import annotations

from engine.events import People
from engine.program import Program
from engine.state import CauseTask, DocumentTask, ItemTask, SignedTask, StepTask, Task
from engine.votes import waited_for


def people_awaited(program: Program, task: Task) -> People:
    """Everybody of whom any could or all must act next; empty if nobody can."""
    if task.ended or task.status == "waiting":
        return ()
    if isinstance(task, StepTask):
        repeat = program.approvals[task.approval].repeat
        return waited_for(task, distinct=repeat == "forbidden")
    if isinstance(task, ItemTask):
        return _people(task, roles_awaited(program, task))
    if isinstance(task, DocumentTask):
        return _people(task, next_signers(program, task))
    if isinstance(task, CauseTask):
        return task.roles[task.confirmer].people if task.confirmer else _asked(program, task)
    return _people(task, tuple(task.roles))


def roles_awaited(program: Program, task: ItemTask) -> tuple[str, ...]:
    """The roles that an item waits for: its giver (or whoever answers for one that is gone), or the next signers."""
    item = program.items[task.ref]
    if task.status == "open":
        alone = item.accountable is not None and task.roles[item.giver].lacking == "nobody"
        return (item.accountable or "",) if alone else (item.giver,)
    return next_signers(program, task) if task.status == "handed_over" else ()


def turns(program: Program, task: SignedTask) -> tuple[tuple[str, ...], ...]:
    """The signing rounds of an item or a document; who signs differences comes last."""
    if isinstance(task, DocumentTask):
        return program.documents[task.ref].signers
    declared = program.items[task.ref].signers
    if not isinstance(task, ItemTask) or not task.tallies:
        return declared
    listed = {role for turn in declared for role in turn}
    differing = {one.signer for one in task.tallies.values() if one.signer is not None} - listed
    return (*declared, tuple(sorted(differing))) if differing else declared


def next_signers(program: Program, task: SignedTask) -> tuple[str, ...]:
    """The roles of the current signing round that have not signed; empty when all have."""
    done = {role for signature in task.signatures for role in signature.roles}
    for turn in turns(program, task):
        missing = tuple(role for role in turn if role not in done)
        if missing:
            return missing
    return ()


def signing_roles(program: Program, task: SignedTask) -> tuple[str, ...]:
    """Every role that signs an item or a document, in any round."""
    return tuple(dict.fromkeys(role for turn in turns(program, task) for role in turn))


def signers(program: Program, task: SignedTask) -> People:
    """Everybody who signs an item or a document, in any round."""
    return _people(task, signing_roles(program, task))


def _asked(program: Program, task: CauseTask) -> People:
    declared = program.items[task.declared].cause
    assert declared is not None
    return task.roles[declared.by].people


def _people(task: Task, roles: tuple[str, ...]) -> People:
    found = [person for role in roles for person in task.roles[role].people]
    return tuple(dict.fromkeys(found))
