"""Taking upon oneself what several could do, and giving it back."""

from __future__ import annotations

from engine.assigning import assignable
from engine.authority import managers, names, refuse_excluded, refuse_unless
from engine.commands import Claim, Release
from engine.events import Claimed, Released, StandInEnded
from engine.rejection import Refusal
from engine.run import Run
from engine.state import Task
from engine.waiting import owners_awaited


def claim(run: Run, command: Claim) -> Refusal | None:
    """Whoever is waited for claims; nobody else is waited for in their place until it is given back."""
    task = assignable(run, command.task)
    if isinstance(task, Refusal):
        return task
    owner = run.authority
    refusal = refuse_unless(run, owners_awaited(run.program, task), task.id)
    refusal = refusal or refuse_excluded(run, task, tuple(task.roles))
    if refusal is None and owner in task.claims:
        refusal = Refusal("R145", "closed", {"person": names(run, [owner]), "task": task.id})
    if refusal is None:
        run.emit(Claimed(task.id, owner))
    return refusal


def release(run: Run, command: Release) -> Refusal | None:
    """A claim or a delegation ends by the will of its owner, of the delegate, or of a manager."""
    task = assignable(run, command.task)
    if isinstance(task, Refusal):
        return task
    owner = command.person or run.authority
    refusal = _refuse(run, task, owner)
    if refusal is not None:
        return refusal
    stand_in = task.stand_in(owner)
    if owner in task.claims:
        run.emit(Released(task.id, owner, run.authority))
    elif stand_in is not None and stand_in.how == "delegate":
        run.emit(StandInEnded(task.id, owner, stand_in.by))
    else:
        return Refusal("R124", "invalid", {"person": names(run, [owner]), "task": task.id})
    return None


def _refuse(run: Run, task: Task, owner: str) -> Refusal | None:
    allowed = tuple(dict.fromkeys((owner, *managers(run))))
    return refuse_unless(run, allowed, task.id)
