"""Refusing to sign: a hand-over, a document."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Refuse
from engine.events import DocumentRefused, ItemRefused, People
from engine.finding import open_task, refuse_blank
from engine.rejection import Refusal
from engine.run import Run
from engine.signing import refuse_unsignable
from engine.state import ItemTask, SignedTask
from engine.waiting import signers, signing_roles


def refuse(run: Run, command: Refuse) -> Refusal | None:
    """A signer sends a hand-over back to its giver, or voids a document's signatures, with the reason."""
    task = open_task(run, command.task, SignedTask, ("item", "document"))
    if isinstance(task, Refusal):
        return task
    refusal = (
        refuse_unless(run, _who_may(run, task), task.id)
        or refuse_excluded(run, task, signing_roles(run.program, task))
        or refuse_blank(command.reason, "reason")
        or refuse_unsignable(run, task)
    )
    if refusal is None:
        refused = ItemRefused if isinstance(task, ItemTask) else DocumentRefused
        run.emit(refused(task.id, run.authority, command.reason))
    return refusal


def _who_may(run: Run, task: SignedTask) -> People:
    """The signers; of a hand-over those who do not give."""
    people = signers(run.program, task)
    if not isinstance(task, ItemTask):
        return people
    giver = task.roles[run.program.items[task.ref].giver].people
    return tuple(person for person in people if person not in giver)
