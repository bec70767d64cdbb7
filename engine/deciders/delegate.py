"""Letting somebody else do a task in one's place."""

from __future__ import annotations

from engine.assigning import assignable, refuse_newcomer, unanswered
from engine.authority import names, refuse_excluded, refuse_unless
from engine.commands import Delegate
from engine.events import Delegated
from engine.rejection import Refusal
from engine.run import Run
from engine.tasks import StandIn


def delegate(run: Run, command: Delegate) -> Refusal | None:
    """An owner who has not answered lets somebody act in their name, and stays accountable."""
    task = assignable(run, command.task)
    if isinstance(task, Refusal):
        return task
    owner = run.authority
    refusal = (
        refuse_unless(run, unanswered(task), task.id)
        or refuse_excluded(run, task, tuple(task.roles))
        or refuse_newcomer(run, task, command.to, owner)
    )
    stand_in = task.stand_in(owner)
    if refusal is None and stand_in == StandIn(owner, command.to, "delegate"):
        people = names(run, [command.to])
        return Refusal("R123", "invalid", {"person": people, "task": task.id})
    if refusal is None:
        run.emit(Delegated(task.id, owner, command.to, command.reason))
    return refusal
