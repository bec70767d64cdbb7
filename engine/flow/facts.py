"""A changed fact: every clock and condition that hangs on it is looked at anew."""

from __future__ import annotations

from engine.deadlines import item_due, moved_timers
from engine.events import DueChanged
from engine.flow.actions import look_again
from engine.flow.items import reconsider_items
from engine.flow.pausing import look_at_pause
from engine.flow.waits import look_at_waits
from engine.run import Run
from engine.state import ItemTask


def recompute(run: Run) -> None:
    """Items that apply, records, deadlines and armed moments follow the facts."""
    reconsider_items(run)
    for task in [run.state.tasks[task] for task in run.state.active]:
        if isinstance(task, ItemTask):
            _follow(run, task)
    look_again(run)
    look_at_waits(run)


def _follow(run: Run, task: ItemTask) -> None:
    """A point moves with the facts; of a budget, they may say that it stands."""
    if run.program.items[task.ref].within is not None:
        look_at_pause(run, task)
        return
    due = item_due(run, task)
    if due != task.due:
        run.emit(DueChanged(task.id, due, moved_timers(run, task, due)))
