"""Suspending a case, or one task of it."""

from __future__ import annotations

from engine.authority import managers, refuse_unless
from engine.clocks import stop
from engine.commands import Suspend
from engine.events import CaseSuspended, TaskSuspended
from engine.finding import refuse_blank, unended_task
from engine.rejection import Refusal
from engine.run import Run
from engine.state import takes_back


def suspend(run: Run, command: Suspend) -> Refusal | None:
    """Whoever manages the process lets it stand still; clocks keep the time that they have left."""
    refusal = refuse_unless(run, managers(run), command.task or run.state.id)
    refusal = refusal or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    return _suspend_case(run, command) if command.task is None else _suspend_task(run, command)


def _suspend_case(run: Run, command: Suspend) -> Refusal | None:
    if run.state.suspended is not None:
        return Refusal("R171", "invalid", {"what": run.state.id})
    active = [run.state.tasks[one] for one in run.state.active]
    stopped = (stop(run, task) for task in active if not takes_back(task, task.id))
    found = tuple(one for one in stopped if one is not None)
    run.emit(CaseSuspended(run.authority, command.reason, found))
    return None


def _suspend_task(run: Run, command: Suspend) -> Refusal | None:
    task = unended_task(run, command.task or "")
    if isinstance(task, Refusal):
        return task
    if task.clock is not None and task.clock.suspended is not None:
        return Refusal("R171", "invalid", {"what": task.id})
    authority = run.authority
    run.emit(TaskSuspended(task.id, authority, command.reason, stop(run, task)))
    return None
