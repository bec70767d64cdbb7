"""What a giver may do with an item, and with what content."""

from __future__ import annotations

from dsl.expressions.tree import Wire
from dsl.values import ValueProblem, decode
from engine.authority import giver_is_gone, refuse_excluded, refuse_unless, stand_ins
from engine.finding import open_task, refuse_blank
from engine.rejection import PARTED, Refusal, wrong_value
from engine.run import Run
from engine.scope import Scope
from engine.state import ItemTask
from engine.waiting import held, people_awaited


def givable(run: Run, task_id: str, in_place: str = "") -> ItemTask | Refusal:
    """The item, if the actor is its giver, or acts in the giver's place, and it is with the giver now."""
    task = open_task(run, task_id, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    if is_in_place(run, task, run.authority):
        refusal = _refuse_stand_in(run, task, in_place)
    else:
        role = run.program.items[task.ref].giver
        people = held(task, task.roles[role].people)
        refusal = refuse_unless(run, people, task.id) or refuse_excluded(run, task, (role,))
    return refusal or refuse_unopened(run, task) or task


def is_in_place(scope: Scope, task: ItemTask, person: str) -> bool:
    """True if somebody is not the giver, but answers for the item."""
    giver = task.roles[scope.program.items[task.ref].giver].people
    return person not in giver and person in stand_ins(scope, task)


def _refuse_stand_in(run: Run, task: ItemTask, reason: str) -> Refusal | None:
    """R107 without a reason, as long as a giver is still there."""
    item = run.program.items[task.ref]
    roles = (item.accountable,) if item.accountable else run.program.process.managed_by
    refusal = refuse_excluded(run, task, roles)
    return refusal or (None if giver_is_gone(run, task) else refuse_blank(reason, "in_place"))


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
        if item in state.unlisted or state.undone.get(item)
    )
    return Refusal("R114", "too_early", {"task": task.id, "items": "、".join(first)}, first)


def refuse_values(run: Run, task: ItemTask, values: dict[str, Wire]) -> Refusal | None:
    """R116 for content that the item does not ask for, R113 for a value that is not of its type."""
    declared = run.program.stated[task.ref]
    for name, wire in values.items():
        if name not in declared:
            known = PARTED.join(declared) or "—"
            return Refusal("R116", "invalid", {"name": name, "known": known}, (name,))
        value = decode(declared[name].type, wire, run.program.records, run.program.zone)
        if isinstance(value, ValueProblem):
            return wrong_value(name, value)
    return None
