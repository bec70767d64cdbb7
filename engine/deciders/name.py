"""Naming the person of a role."""

from __future__ import annotations

from engine.authority import names, refuse_excluded, refuse_unless
from engine.commands import Name
from engine.events import Named
from engine.filling import barred_from
from engine.finding import open_task
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ItemTask, Task
from engine.waiting import owners_awaited


def name(run: Run, command: Name) -> Refusal | None:
    """The named person must work here and may not be kept out of the role."""
    task = open_task(run, command.task, Task, ("naming",))
    if isinstance(task, Refusal):
        return task
    person = run.context.directory.person(command.person)
    refusal = refuse_unless(run, owners_awaited(run.program, task), task.id)
    refusal = refusal or refuse_excluded(run, task, tuple(task.roles))
    if refusal is not None:
        return refusal
    if person is None or not person.works_on(run.today):
        return Refusal("R110", "invalid", {"person": command.person})
    if person.id in _kept_out(run, task.ref):
        return Refusal(
            "R102", "authority", {"person": names(run, [person.id]), "role": task.ref}, (task.ref,)
        )
    refusal = _refuse_items(run, task.ref, command.items)
    if refusal is None:
        by = run.authority
        run.emit(Named(task.id, task.ref, person.id, by, command.items))
    return refusal


def _refuse_items(run: Run, role: str, items: tuple[str, ...]) -> Refusal | None:
    """R104, R105 or R106 for what is no open item, R153 for one that has no need of the name."""
    for one in items:
        task = open_task(run, one, ItemTask, ("item",))
        if isinstance(task, Refusal):
            return task
        filled = task.roles.get(role)
        if filled is None or filled.lacking != "unnamed":
            return Refusal("R153", "invalid", {"task": one, "role": role}, (one,))
    return None


def _kept_out(run: Run, role: str) -> set[str]:
    """Whom `never` keeps out, and whom a task does that waits for the name."""
    found = run.roles.excluded(run.program.roles[role])
    for task in (run.state.tasks[one] for one in run.state.active):
        if role in task.roles and task.roles[role].lacking:
            found |= barred_from(run, task, role).keys()
    return found
