"""Signing: a hand-over is accepted, a document is signed."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Sign
from engine.events import DocumentDone, ItemDone, Signed
from engine.finding import open_task
from engine.rejection import Refusal
from engine.run import Run
from engine.seen import refuse_changed
from engine.signing import refuse_unaccepted, refuse_unsignable
from engine.state import ItemTask, SignedTask
from engine.waiting import held, next_signers, signers


def sign(run: Run, command: Sign) -> Refusal | None:
    """A signer accepts what they saw; it is done when all have signed, in the stated order."""
    task = open_task(run, command.task, SignedTask, ("item", "document"))
    if isinstance(task, Refusal):
        return task
    refusal = refuse_unless(run, signers(run.program, task), task.id)
    refusal = refusal or refuse_unsignable(run, task)
    if refusal is not None:
        return refusal
    signer = run.authority
    roles = tuple(
        role
        for role in next_signers(run.program, task)
        if signer in held(task, task.roles[role].people)
    )
    if not roles:
        return _not_now(run, task)
    refusal = (
        refuse_excluded(run, task, roles)
        or refuse_unaccepted(run, task)
        or refuse_changed(run.state, task, command.seen)
    )
    if refusal is None:
        run.emit(Signed(task.id, signer, roles, command.seen))
        if not next_signers(run.program, task):
            run.emit(ItemDone(task.id) if isinstance(task, ItemTask) else DocumentDone(task.id))
    return refusal


def _not_now(run: Run, task: SignedTask) -> Refusal:
    """R120: signed already, or others sign first."""
    awaited = next_signers(run.program, task)
    return Refusal("R120", "too_early", {"task": task.id, "who": "、".join(awaited)}, awaited)
