"""Whom a task waits for now, who may do it in their place, and who signs next."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from engine.commands import (
    Actor,
    Approve,
    Attach,
    Claim,
    Command,
    Complete,
    Delegate,
    HandOver,
    Name,
    Provide,
    Refuse,
    Reject,
    Release,
    Resubmit,
    Return,
    Sign,
)
from engine.events import People
from engine.program import Program
from engine.state import (
    CaseState,
    CauseTask,
    DocumentTask,
    ItemTask,
    SignedTask,
    StepTask,
    Task,
)
from engine.votes import asked_now, waited_for


def people_awaited(program: Program, task: Task) -> People:
    """Everybody of whom any could or all must act next; empty if nobody can.

    Where somebody stands in for an owner, they are the one who is waited for.
    """
    found = owners_awaited(program, task)
    if not task.stand_ins:
        return found
    stand_ins = {one.person: one.by for one in task.stand_ins}
    return tuple(dict.fromkeys(stand_ins.get(person, person) for person in found))


def owners_awaited(program: Program, task: Task) -> People:
    """Those whose own task it is: whoever stands in acts in their name, and they may act as well."""
    if not isinstance(task, StepTask):
        return held(task, owners_asked(program, task))
    return () if task.ended else waited_for(task, distinct=is_distinct(program, task))


def held(task: Task, people: People) -> People:
    """Of several people of a role those who have claimed the task; all of them if nobody has."""
    if not task.claims:
        return people
    return tuple(person for person in task.claims if person in people) or people


def owners_asked(program: Program, task: Task) -> People:
    """The same, as if nobody had claimed it."""
    if task.ended or task.status == "waiting":
        return ()
    if isinstance(task, StepTask):
        return asked_now(task, distinct=is_distinct(program, task))
    if isinstance(task, ItemTask):
        return _people(task, roles_awaited(program, task))
    if isinstance(task, DocumentTask):
        return _people(task, next_signers(program, task))
    if isinstance(task, CauseTask):
        return task.roles[task.confirmer].people if task.confirmer else _asked(program, task)
    return _people(task, tuple(task.roles))


_OWNERS_ACTS: tuple[type[Any], ...] = (
    Approve, Reject, Return, Resubmit, Name, Provide, Attach, HandOver, Sign, Refuse, Complete, Claim,
    Release, Delegate,
)  # fmt: skip


def in_whose_name(program: Program, state: CaseState, command: Command, actor: Actor) -> Actor:
    """The actor, on behalf of the owner for whom they stand in where the command is an owner's act."""
    if not isinstance(command, _OWNERS_ACTS) or actor.on_behalf_of is not None:
        return actor
    task = state.tasks.get(command.task)
    if task is None:
        return actor
    owner = acting_as(program, task, actor.person)
    return actor if owner == actor.person else replace(actor, on_behalf_of=owner)


def acting_as(program: Program, task: Task, person: str) -> str:
    """The owner for whom somebody stands in, of several the one who is waited for; else themself."""
    if not task.stand_ins or person in task.owners:
        return person
    mine = {one.person for one in task.stand_ins if one.by == person}
    owners = (*owners_awaited(program, task), *task.owners)
    return next((owner for owner in owners if owner in mine), person)


def is_distinct(program: Program, task: StepTask) -> bool:
    """True if one person fills one place only."""
    return program.approvals[task.approval].repeat == "forbidden"


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
    rounds = turns(program, task)
    if not task.signatures:
        return rounds[0] if rounds else ()
    done = {role for signature in task.signatures for role in signature.roles}
    for turn in rounds:
        missing = tuple([role for role in turn if role not in done])
        if missing:
            return missing
    return ()


def signing_roles(program: Program, task: SignedTask) -> tuple[str, ...]:
    """Every role that signs an item or a document, in any round."""
    rounds = turns(program, task)
    if len(rounds) == 1:
        return rounds[0]
    return tuple(dict.fromkeys(role for turn in rounds for role in turn))


def signers(program: Program, task: SignedTask) -> People:
    """Everybody who signs an item or a document, in any round."""
    return _people(task, signing_roles(program, task))


def _asked(program: Program, task: CauseTask) -> People:
    declared = program.items[task.declared].cause
    assert declared is not None
    return task.roles[declared.by].people


def _people(task: Task, roles: tuple[str, ...]) -> People:
    if len(roles) == 1:
        return task.roles[roles[0]].people
    found = [person for role in roles for person in task.roles[role].people]
    return tuple(dict.fromkeys(found))
