"""Items: listed when the flow arrives, ready when what they wait for is done."""

from __future__ import annotations

from typing import Literal

from dsl.expressions.tree import Wire
from dsl.model import Item
from engine.deadlines import budget_end, item_timers, opening_due
from engine.events import (
    CalledBack,
    Filled,
    ItemApplies,
    ItemInstance,
    ItemReady,
    ItemRefused,
    ItemsListed,
    RecordChanged,
    RoleFilled,
)
from engine.filling import fill_item
from engine.flow.namings import ask_for_names
from engine.flow.tokens import leave_if_there
from engine.plan import PlanNode
from engine.run import Run
from engine.scope import Scope
from engine.state import ItemTask

Records = dict[str | None, dict[str, Wire] | None]
"""The records that an item has an instance for, by key; one None by None if it is not per record."""


def arrive_item(run: Run, node: PlanNode) -> None:
    """The item enters the case, with an instance per record where it says so."""
    if node.ref in run.state.items:
        item_settled(run, node.ref)
    else:
        list_item(run, node.ref)


def list_item(run: Run, ref: str, rule: str | None = None) -> None:
    """List an item that is not in the case; `rule` has brought it, where the flow has not."""
    item = run.program.items[ref]
    roles = {role: fill_item(run, item, role) for role in run.program.item_roles[item.id]}
    found = tuple(_instance(run, item, record, roles) for record in records_of(run, item))
    run.emit(ItemsListed(item.id, roles, found, rule))
    if run.state.undone.get(item.id):
        ask_for_names(run, roles)
    item_settled(run, item.id)


def item_settled(run: Run, item: str) -> None:
    """If nothing of an item is undone: the flow goes on, and what waited for it is ready."""
    if not is_done(run, item):
        return
    leave_if_there(run, f"item:{item}")
    for dependent in run.program.dependents.get(item, ()):
        _wake(run, dependent)


def is_done(run: Run, item: str) -> bool:
    """True if the item is in the case, or skipped, and no instance of it is undone."""
    return item not in run.state.unlisted and not run.state.undone.get(item)


def reconsider_items(run: Run) -> None:
    """After a fact has changed: what applies, which records there are."""
    for item_id in list(run.state.items):
        item = run.program.items[item_id]
        records = {_key(run, item, one): one for one in records_of(run, item)}
        known = list(run.state.items[item_id])
        _add_new_records(run, item, records)
        for task_id in known:
            task = run.state.item(task_id)
            if task is not None and task.status in ("waiting", "open", "not_applicable"):
                _reconsider(run, item, task, records)
        item_settled(run, item_id)


def open_again(run: Run, event: ItemRefused | CalledBack) -> None:
    """What has changed while an item was handed over counts once it is back."""
    task = run.state.item(event.task)
    assert task is not None
    item = run.program.items[task.ref]
    _reconsider(run, item, task, {_key(run, item, one): one for one in records_of(run, item)})


def _reconsider(run: Run, item: Item, task: ItemTask, records: Records) -> None:
    """An instance follows its record; without one it does not apply."""
    record = records.get(task.key)
    if record is not None and record != task.record:
        run.emit(RecordChanged(task.id, record))
    applies = task.key in records and run.holds(item.applies, task)
    if applies == (task.status != "not_applicable"):
        return
    if not applies:
        why: Literal["record", "condition"] = "condition" if task.key in records else "record"
        run.emit(ItemApplies(task.id, applies=False, why=why))
        return
    waiting = _must_wait(run, item)
    due = opening_due(run, task, waiting=waiting)
    run.emit(
        ItemApplies(
            task.id,
            applies=True,
            waiting=waiting,
            due=due,
            timers=item_timers(run, task, due),
        )
    )
    filled = {role: fill_item(run, item, role) for role, one in task.roles.items() if one.lacking}
    for role, people in filled.items():
        run.emit(RoleFilled(role, (task.id,), people))
    ask_for_names(run, filled)


def _add_new_records(run: Run, item: Item, records: Records) -> None:
    known = set(run.state.items[item.id])
    fresh = [one for key, one in records.items() if _task_id(run, item, key) not in known]
    if fresh:
        roles = {role: fill_item(run, item, role) for role in run.program.item_roles[item.id]}
        run.emit(
            ItemsListed(item.id, roles, tuple(_instance(run, item, one, roles) for one in fresh))
        )
        ask_for_names(run, roles)


def _wake(run: Run, dependent: str) -> None:
    item = run.program.items[dependent]
    if _must_wait(run, item):
        return
    for task in _instances(run, dependent):
        if task.status == "waiting":
            due = budget_end(run, item.within)
            run.emit(ItemReady(task.id, due, item_timers(run, task, due)))


def _instances(run: Run, item: str) -> list[ItemTask]:
    found = (run.state.item(task) for task in run.state.items.get(item, ()))
    return [task for task in found if task is not None]


def _must_wait(run: Run, item: Item) -> bool:
    return not all(is_done(run, before) for before in item.after)


def records_of(scope: Scope, item: Item) -> list[dict[str, Wire] | None]:
    """The records that the item has an instance for; one None if it is not per record."""
    if item.each is None:
        return [None]
    rows = scope.fact_wire(item.each.over)
    if not isinstance(rows, list):
        return []
    if item.each.where is None:
        return list(rows)
    return [row for row in rows if scope.holds(item.each.where, draft_of(scope, item, row, {}))]


def _key(scope: Scope, item: Item, record: dict[str, Wire] | None) -> str | None:
    return None if record is None else str(record[scope.program.record_of(item).key])


def _task_id(scope: Scope, item: Item, key: str | None) -> str:
    return f"{scope.state.id}/{item.id}" + (f"[{key}]" if key is not None else "") + "#1"


def draft_of(
    scope: Scope, item: Item, record: dict[str, Wire] | None, roles: dict[str, Filled]
) -> ItemTask:
    """The instance as it would be, so that expressions can speak of it before it is there."""
    key = _key(scope, item, record)
    return ItemTask(
        id=_task_id(scope, item, key),
        kind="item",
        ref=item.id,
        opened_at=scope.now,
        roles=roles,
        key=key,
        record=record,
    )


def _instance(
    run: Run, item: Item, record: dict[str, Wire] | None, roles: dict[str, Filled]
) -> ItemInstance:
    draft = draft_of(run, item, record, roles)
    if not run.holds(item.applies, draft):
        return ItemInstance(draft.id, "not_applicable", draft.key, record)
    status: Literal["waiting", "open"] = "waiting" if _must_wait(run, item) else "open"
    due = opening_due(run, draft, waiting=status == "waiting")
    return ItemInstance(draft.id, status, draft.key, record, due, item_timers(run, draft, due))
