"""Causes of delay: stating, confirming, refusing."""

from __future__ import annotations

from engine.authority import managers, refuse_excluded, refuse_unless
from engine.commands import ConfirmCause, RefuseCause, StateCause
from engine.events import CauseConfirmed, CauseRefused, CauseStated, Filled, People
from engine.finding import open_task, refuse_blank
from engine.flow.namings import ask_for_names
from engine.rejection import Refusal
from engine.run import Run
from engine.state import CauseTask
from engine.waiting import people_awaited


def state_cause(run: Run, command: StateCause) -> Refusal | None:
    """Whoever is asked says why; it goes to those who confirm it."""
    task = _found(run, command.task, "open")
    if isinstance(task, Refusal):
        return task
    refusal = refuse_blank(command.cause, "cause")
    if refusal is None:
        person = run.authority
        role, filled = _confirmers(run, task, person)
        run.emit(CauseStated(task.id, person, command.cause, role, filled))
        ask_for_names(run, {role: filled})
    return refusal


def confirm_cause(run: Run, command: ConfirmCause) -> Refusal | None:
    """The superior confirms the cause."""
    task = _found(run, command.task, "handed_over")
    if isinstance(task, Refusal):
        return task
    run.emit(CauseConfirmed(task.id, run.authority))
    return None


def refuse_cause(run: Run, command: RefuseCause) -> Refusal | None:
    """The superior does not accept the cause; another one is asked for."""
    task = _found(run, command.task, "handed_over")
    if isinstance(task, Refusal):
        return task
    refusal = refuse_blank(command.reason, "reason")
    if refusal is None:
        run.emit(CauseRefused(task.id, run.authority, command.reason))
    return refusal


def _found(run: Run, task_id: str, status: str) -> CauseTask | Refusal:
    """The task, if it waits for the actor and is at that point."""
    task = open_task(run, task_id, CauseTask, ("cause",))
    if isinstance(task, Refusal):
        return task
    if task.status != status:
        awaited = people_awaited(run.program, task)
        return Refusal("R151", "too_early", {"task": task.id, "who": "、".join(awaited)}, awaited)
    refusal = refuse_unless(run, people_awaited(run.program, task), task.id)
    return refusal or refuse_excluded(run, task, tuple(task.roles)) or task


def _confirmers(run: Run, task: CauseTask, stated_by: str) -> tuple[str, Filled]:
    """Nobody confirms what they have said themselves; if nobody else is left, a manager does."""
    declared = run.program.items[task.declared].cause
    assert declared is not None
    item = run.state.tasks[task.item]
    filled = item.roles.get(declared.confirmer) or run.roles.fill(declared.confirmer)
    if filled.lacking == "unnamed":
        return declared.confirmer, filled
    people = _others(filled.people, stated_by) or _others(managers(run), stated_by)
    return declared.confirmer, Filled(people, filled.via, None if people else "nobody")


def _others(people: People, person: str) -> People:
    return tuple(one for one in people if one != person)
