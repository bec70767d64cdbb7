"""Copies of the record of a hand-over go out when it is done."""

from __future__ import annotations

from engine.events import CopiesGiven, ItemDone
from engine.flow.notices import Notice, notify
from engine.run import Run


def give_copies(run: Run, event: ItemDone) -> None:
    """Whoever gets a copy is told, and may read it from now on."""
    task = run.state.tasks[event.task]
    copies = run.program.items[task.ref].copies
    if copies is None:
        return
    found = [person for role in copies.to for person in run.role_in(role, task)]
    people = tuple(dict.fromkeys(found))
    run.emit(CopiesGiven(task.id, copies.number, people))
    notify(run, Notice("copy", "inbox", task), people)
