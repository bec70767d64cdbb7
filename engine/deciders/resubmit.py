"""A revised application goes on its way again."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.changing import record_change, refuse_change
from engine.commands import Resubmit
from engine.events import Resubmitted
from engine.finding import open_task
from engine.flow.approvals import go_on_revised
from engine.rejection import Refusal
from engine.run import Run
from engine.state import RevisionTask
from engine.waiting import owners_awaited


def resubmit(run: Run, command: Resubmit) -> Refusal | None:
    """The reviser may change the facts that nobody else is set over; a new round begins."""
    task = open_task(run, command.task, RevisionTask, ("revision",))
    if isinstance(task, Refusal):
        return task
    refusal = refuse_unless(run, owners_awaited(run.program, task), task.id)
    refusal = refusal or refuse_excluded(run, task, tuple(task.roles))
    for fact in (*command.facts, *command.sealed):
        value = command.facts.get(fact)
        refusal = refusal or refuse_change(
            run, fact, value, command.sealed.get(fact), revising=True
        )
    if refusal is not None:
        return refusal
    for fact in (*command.facts, *command.sealed):
        record_change(run, fact, command.facts.get(fact), command.sealed.get(fact), command.comment)
    run.emit(Resubmitted(task.id, run.authority, command.comment))
    go_on_revised(run, task)
    return None
