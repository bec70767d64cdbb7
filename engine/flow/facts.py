"""A changed fact: every clock and condition that hangs on it is looked at anew."""

from __future__ import annotations

from engine.deadlines import item_due, item_timers
from engine.events import DueChanged
from engine.flow.actions import look_again
from engine.flow.items import reconsider_items
from engine.flow.waits import look_at_waits
from engine.run import Run
from engine.state import ItemTask


def recompute(run: Run) -> None:
    """Items that apply, records, deadlines and armed moments follow the facts."""
    reconsider_items(run)
    for task in [run.state.tasks[task] for task in run.state.active]:
        if isinstance(task, ItemTask):
            due = item_due(run, task)
            if due != task.due:
                run.emit(DueChanged(task.id, due, item_timers(run, task, due, moved=True)))
    look_again(run)
    look_at_waits(run)
