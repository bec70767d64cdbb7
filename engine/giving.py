"""What a giver may do with an item, and with what content."""

from __future__ import annotations

from dsl.expressions.tree import Wire
from dsl.values import ValueProblem, decode
from engine.authority import refuse_excluded, refuse_unless
from engine.finding import open_task
from engine.rejection import Refusal, wrong_value
from engine.run import Run
from engine.state import ItemTask
from engine.waiting import people_awaited


def givable(run: Run, task_id: str) -> ItemTask | Refusal:
    """The item, if the actor is its giver and it is with the giver now."""
    task = open_task(run, task_id, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    role = run.program.items[task.ref].giver
    refusal = refuse_unless(run, task.roles[role].people, task.id) or refuse_excluded(
        run, task, (role,)
    )
    return refusal or refuse_unopened(run, task) or task


def refuse_unopened(run: Run, task: ItemTask) -> Refusal | None:
    """R114 while the item waits for others, R115 while it is with its signers."""
    if task.status == "waiting":
        return still_waiting(run, task)
    if task.status == "handed_over":
        awaited = people_awaited(run.program, task)
        return Refusal("R115", "too_early", {"task": task.id, "who": "、".join(awaited)}, awaited)
    return None


def still_waiting(run: Run, task: ItemTask) -> Refusal:
    """R114: what must be done first."""
    state = run.state
    first = tuple(
        item
        for item in run.program.items[task.ref].after
        if item in state.unlisted or state.undone[item]
    )
    return Refusal("R114", "too_early", {"task": task.id, "items": "、".join(first)}, first)


def refuse_values(run: Run, task: ItemTask, values: dict[str, Wire]) -> Refusal | None:
    """R116 for content that the item does not ask for, R113 for a value that is not of its type."""
    item = run.program.items[task.ref]
    declared = {one.id: one for one in item.stated}
    for name, wire in values.items():
        if name not in declared:
            known = "、".join(declared)
            return Refusal("R116", "invalid", {"name": name, "known": known}, (name,))
        value = decode(declared[name].type, wire, run.program.records, run.program.zone)
        if isinstance(value, ValueProblem):
            return wrong_value(name, value)
    return None
