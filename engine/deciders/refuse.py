"""Refusing a hand-over."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Refuse
from engine.events import ItemRefused
from engine.finding import open_task, refuse_blank
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ItemTask
from engine.waiting import signers


def refuse(run: Run, command: Refuse) -> Refusal | None:
    """A signer sends a hand-over back to its giver, with the reason."""
    task = open_task(run, command.task, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    giver = task.roles[run.program.items[task.ref].giver].people
    others = tuple(person for person in signers(run.program, task) if person not in giver)
    listed = tuple(role for turn in run.program.items[task.ref].signers for role in turn)
    refusal = (
        refuse_unless(run, others, task.id)
        or refuse_excluded(run, task, listed)
        or refuse_blank(command.reason, "reason")
    )
    if refusal is None and task.status != "handed_over":
        refusal = Refusal("R119", "too_early", {"task": task.id, "status": task.status})
    if refusal is None:
        run.emit(ItemRefused(task.id, run.request.actor.authority, command.reason))
    return refusal
