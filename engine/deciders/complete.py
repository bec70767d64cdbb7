"""Reporting an action or an access change as done."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Complete
from engine.events import ActionCompleted
from engine.finding import open_task, refuse_blank, refuse_unapproved
from engine.rejection import Refusal
from engine.run import Run
from engine.signing import refuse_held
from engine.state import ActionTask
from engine.waiting import owners_awaited


def complete(run: Run, command: Complete) -> Refusal | None:
    """The person whom the task fell to reports it done; a gate that is shut again holds it."""
    task = open_task(run, command.task, ActionTask, ("action",))
    if isinstance(task, Refusal):
        return task
    refusal = refuse_unless(run, owners_awaited(run.program, task), task.id)
    refusal = refusal or refuse_excluded(run, task, (task.role,))
    refusal = refusal or refuse_held(run, task.id, run.program.gates_of(task.ref))
    kind = "action" if task.ref in run.program.actions else "access"
    refusal = refusal or refuse_unapproved(run, task, kind)
    refusal = refusal or _refuse_heirless(run, task, command.note)
    if refusal is None:
        run.emit(ActionCompleted(task.id, run.authority, command.note))
    return refusal


def _refuse_heirless(run: Run, task: ActionTask, note: str) -> Refusal | None:
    """R107 without a note that tells what became of what is in it, while there is nobody to pass it on to.

    It is taken back all the same: access ends when its moment comes, whoever is still to be named.
    """
    access = run.program.accesses.get(task.ref)
    if access is None or access.transfer_to is None or task.operation != "revoke":
        return None
    heir = run.roles.fill(access.transfer_to)
    return refuse_blank(note, "note") if heir.lacking in {"nobody", "unnamed"} else None
