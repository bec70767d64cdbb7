"""Stating content of an item."""

from __future__ import annotations

from engine.commands import Provide
from engine.events import ContentProvided
from engine.giving import givable, refuse_values
from engine.rejection import Refusal
from engine.run import Run


def provide(run: Run, command: Provide) -> Refusal | None:
    """The giver states content while the item is open."""
    task = givable(run, command.task)
    if isinstance(task, Refusal):
        return task
    refusal = refuse_values(run, task, command.values)
    if refusal is None:
        run.emit(ContentProvided(task.id, run.authority, command.values))
    return refusal
