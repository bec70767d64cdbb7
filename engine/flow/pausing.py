"""Budgets of items that do not count the time in which a role is waited for."""

from __future__ import annotations

from engine.clocks import restart, stop
from engine.completeness import missing_parts
from engine.events import BudgetPaused, BudgetResumed, Event, ItemsListed
from engine.run import Run
from engine.state import AWAITED, ItemTask
from engine.waiting import next_signers


def look_at_pauses(run: Run, event: Event) -> None:
    """After something has happened to items: whose budgets stand or go on."""
    if isinstance(event, ItemsListed):
        touched = [one.task for one in event.instances]
    else:
        touched = [getattr(event, "task", "")]
    for task in map(run.state.item, touched):
        if task is not None:
            look_at_pause(run, task)


def look_at_pause(run: Run, task: ItemTask) -> None:
    """A budget stands while what the item needs is awaited from the role that its limit names.

    What is late already has no time left to keep, and what has ended keeps none.
    """
    if task.ended:
        return
    role = _pausing_role(run, task)
    paused = task.clock is not None and task.clock.waits_for is not None
    awaited = role is not None and not task.late and _awaits(run, task, role)
    if awaited and role is not None and not paused:
        run.emit(BudgetPaused(task.id, role, stop(run, task)))
    elif paused and not awaited:
        _go_on(run, task)


def _go_on(run: Run, task: ItemTask) -> None:
    assert task.clock is not None
    stands = run.state.suspended is not None or task.clock.suspended is not None
    restarted = None if stands else restart(run, task.id)
    run.emit(BudgetResumed(task.id, restarted))


def _pausing_role(run: Run, task: ItemTask) -> str | None:
    sla = run.program.sla_of(task.ref)
    if sla is None or run.program.items[task.ref].within is None:
        return None
    return sla.pause_waiting_for


def _awaits(run: Run, task: ItemTask, role: str) -> bool:
    """True while evidence from the role is missing, or its signature is the next."""
    if task.status == "open":
        wanted = {one.id for one in run.program.items[task.ref].evidence if one.source == role}
        return any(part.id in wanted for part in missing_parts(run, task))
    return task.status in AWAITED and role in next_signers(run.program, task)
