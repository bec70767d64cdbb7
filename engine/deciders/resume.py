"""Resuming a suspended case, or a suspended task of it."""

from __future__ import annotations

from engine.authority import managers, refuse_unless
from engine.clocks import restart
from engine.commands import Resume
from engine.events import CaseResumed, TaskResumed
from engine.finding import refuse_blank, unended_task
from engine.rejection import Refusal
from engine.run import Run


def resume(run: Run, command: Resume) -> Refusal | None:
    """Whoever manages the process lets it go on: deadlines move by the time that was lost."""
    refusal = refuse_unless(run, managers(run), command.task or run.state.id)
    refusal = refusal or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    return _resume_case(run, command) if command.task is None else _resume_task(run, command)


def _resume_case(run: Run, command: Resume) -> Refusal | None:
    state = run.state
    if state.suspended is None:
        return Refusal("R172", "invalid", {"what": state.id})
    alone = {one for one in state.active if (clock := state.tasks[one].clock) and clock.stands}
    stopped = (
        one
        for one in state.active
        if (clock := state.tasks[one].clock) and clock.remaining is not None
    )
    owners = [one for one in dict.fromkeys((*state.resting, *stopped)) if one not in alone]
    going_on = tuple(restart(run, owner) for owner in owners)
    run.emit(CaseResumed(run.authority, command.reason, going_on))
    return None


def _resume_task(run: Run, command: Resume) -> Refusal | None:
    task = unended_task(run, command.task or "")
    if isinstance(task, Refusal):
        return task
    if task.clock is None or task.clock.suspended is None:
        return Refusal("R172", "invalid", {"what": task.id})
    going_on = None if task.clock.waits_for else restart(run, task.id)
    run.emit(TaskResumed(task.id, run.authority, command.reason, going_on))
    return None
