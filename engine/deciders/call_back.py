"""Calling back a hand-over."""

from __future__ import annotations

from engine.authority import names, refuse_excluded, refuse_unless
from engine.commands import CallBack
from engine.events import CalledBack
from engine.finding import open_task, refuse_blank
from engine.rejection import Refusal
from engine.run import Run
from engine.signing import refuse_unsignable
from engine.state import ItemTask


def call_back(run: Run, command: CallBack) -> Refusal | None:
    """Whoever handed over, or should have, takes it back as long as nobody has accepted."""
    task = open_task(run, command.task, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    giver = run.program.items[task.ref].giver
    given = [one for one in task.signatures if giver in one.roles]
    people = (*task.roles[giver].people, *(one.person for one in given))
    refusal = (
        refuse_unless(run, tuple(dict.fromkeys(people)), task.id)
        or refuse_excluded(run, task, (giver,))
        or refuse_blank(command.reason, "reason")
        or refuse_unsignable(run, task)
    )
    if refusal is not None:
        return refusal
    accepted = [one.person for one in task.signatures if giver not in one.roles]
    if accepted:
        values = {"task": task.id, "people": names(run, accepted)}
        return Refusal("R150", "closed", values, tuple(accepted))
    run.emit(CalledBack(task.id, run.authority, command.reason))
    return None
