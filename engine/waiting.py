"""Whom a task waits for now, and who signs next."""

from __future__ import annotations

from engine.events import People
from engine.program import Program
from engine.state import ItemTask, StepTask, Task
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
    return _people(task, tuple(task.roles))


def roles_awaited(program: Program, task: ItemTask) -> tuple[str, ...]:
    """The roles that an item waits for: its giver, or the next signers."""
    item = program.items[task.ref]
    if task.status == "open":
        return (item.giver,)
    return next_signers(program, task) if task.status == "handed_over" else ()


def next_signers(program: Program, task: ItemTask) -> tuple[str, ...]:
    """The roles of the current signing round that have not signed; empty when all have."""
    done = {role for signature in task.signatures for role in signature.roles}
    for turn in program.items[task.ref].signers:
        missing = tuple(role for role in turn if role not in done)
        if missing:
            return missing
    return ()


def signers(program: Program, task: ItemTask) -> People:
    """Everybody who signs an item, in any round."""
    listed = [role for turn in program.items[task.ref].signers for role in turn]
    return _people(task, tuple(listed))


def _people(task: Task, roles: tuple[str, ...]) -> People:
    found = [person for role in roles for person in task.roles[role].people]
    return tuple(dict.fromkeys(found))
