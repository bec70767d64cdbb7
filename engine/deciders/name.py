"""Naming the person of a role."""

from __future__ import annotations

from engine.authority import names, refuse_unless
from engine.commands import Name
from engine.events import Named
from engine.finding import open_task
from engine.rejection import Refusal
from engine.run import Run
from engine.state import Task
from engine.waiting import people_awaited


def name(run: Run, command: Name) -> Refusal | None:
    """The named person must work here and may not be kept out of the role."""
    task = open_task(run, command.task, Task, ("naming",))
    if isinstance(task, Refusal):
        return task
    person = run.context.directory.person(command.person)
    refusal = refuse_unless(run, people_awaited(run.program, task), task.id)
    if refusal is not None:
        return refusal
    if person is None or not person.works_on(run.today):
        return Refusal("R110", "invalid", {"person": command.person})
    if person.id in run.roles.excluded(run.program.roles[task.ref]):
        return Refusal(
            "R102", "authority", {"person": names(run, [person.id]), "role": task.ref}, (task.ref,)
        )
    run.emit(Named(task.id, task.ref, person.id, run.request.actor.authority))
    return None
