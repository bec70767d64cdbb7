"""Causes of delay are asked for when an item becomes overdue, where the rulebook says so."""

from __future__ import annotations

from engine.events import (
    BecameOverdue,
    CauseAsked,
    CauseDropped,
    DueChanged,
    ItemApplies,
    ItemWaived,
)
from engine.flow.namings import ask_for_names
from engine.run import Run
from engine.state import CauseTask, ItemTask


def ask_why(run: Run, event: BecameOverdue) -> None:
    """Ask for the cause, unless that has been done for this delay."""
    task = run.state.item(event.task)
    cause = run.program.items[task.ref].cause if task is not None else None
    if task is None or cause is None or _open_cause(run, task) is not None:
        return
    key = "" if task.key is None else f"[{task.key}]"
    name = f"{run.state.id}/{task.ref}.cause{key}"
    last = run.state.causes.get(task.id)
    number = 1 if last is None else 1 + int(last.rpartition("#")[2])
    filled = run.roles.fill(cause.by)
    run.emit(CauseAsked(f"{name}#{number}", task.id, cause.by, filled))
    ask_for_names(run, {cause.by: filled})


def drop_cause(run: Run, event: ItemWaived | ItemApplies | DueChanged) -> None:
    """What is waived, does not apply or is due later needs no cause that nobody has stated."""
    task = run.state.item(event.task)
    if task is None or task.overdue:
        return
    cause = _open_cause(run, task)
    if cause is not None and cause.status == "open" and cause.round == 1:
        run.emit(CauseDropped(cause.id))


def _open_cause(run: Run, task: ItemTask) -> CauseTask | None:
    found = run.state.tasks.get(run.state.causes.get(task.id, ""))
    return found if isinstance(found, CauseTask) and not found.ended else None
