"""Rows of the query side, from a case's state and what has just happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from msgspec import to_builtins

from engine.authority import overseers
from engine.completeness import missing_parts
from engine.events import (
    ActionOpened,
    AttemptRefused,
    CaseClosed,
    CaseResumed,
    CaseSuspended,
    Event,
    FactChanged,
    ItemsListed,
    NoticeQueued,
    NoticeWithheld,
)
from engine.measures import measures
from engine.scope import Scope
from engine.state import ENDED, ActionTask, CaseState, CauseTask, ItemTask, StepTask, Task
from engine.store.port import Act, Row, RowChange
from engine.waiting import people_awaited


@lru_cache(maxsize=4096)
def stamp(moment: datetime) -> str:
    """An instant as rows hold it: UTC to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def project(scope: Scope, events: tuple[Event, ...]) -> tuple[RowChange, ...]:
    """The row changes that follow from events; the scope's state has followed them already."""
    state = scope.state
    changes = case_changes(scope)
    touched: dict[str, None] = {}
    for event in events:
        tasks, message = _traits(type(event))
        if tasks is not None:
            tasks(touched, state, event)
        if message is not None:
            changes += message(state, event)
    for task_id in touched:
        task = state.tasks.get(task_id)
        if task is not None:
            row = None if task.status in ENDED else task_row(scope, task)
            changes.append(RowChange("tasks", task_id, row))
    wakes_at = state.next_timer
    if wakes_at != state.wakes_at:
        row = None if wakes_at is None else {"case": state.id, "at": stamp(wakes_at)}
        changes.append(RowChange("timers", state.id, row))
        state.wakes_at = wakes_at
    return tuple(changes)


def case_changes(scope: Scope) -> list[RowChange]:
    """The case's row, in the table that it belongs to now; of a row that is known what is new in it."""
    state = scope.state
    if state.status != "open":
        return [RowChange("cases", state.id, None), RowChange("closed", state.id, case_row(scope))]
    before, state.told = state.told, _case_now(scope)
    if before is None:
        return [RowChange("cases", state.id, {**_case_for_good(state), **state.told})]
    new = {name: value for name, value in state.told.items() if value != before[name]}
    return [RowChange("cases", state.id, new, part=True)] if new else []


def case_row(scope: Scope) -> Row:
    """A case as lists show it, and who may see it; one that has ended says what it took."""
    row = {**_case_for_good(scope.state), **_case_now(scope)}
    if scope.state.status == "open":
        return row
    # What outlives the close is found by `left_over` when people come and go.
    took = to_builtins(measures(scope))
    return {**row, "left_over": bool(scope.state.active), "took": took}


def _case_for_good(state: CaseState) -> Row:
    """What a case's row says from its opening on."""
    return {
        "id": state.id,
        "artefact": state.artefact,
        "rulebook": state.rulebook,
        "process": state.process,
        "subject": state.subject,
        "name": state.subject_name,
        "opened_at": stamp(state.opened_at) if state.opened_at else None,
    }


def _case_now(scope: Scope) -> Row:
    """What may be another with every step."""
    state = scope.state
    statuses, next_due = state.statuses, state.next_due
    return {
        "status": state.status,
        "stage": state.stage,
        "items": sum(statuses.values()) - statuses.get("not_applicable", 0),
        "items_done": statuses.get("done", 0),
        "items_waived": statuses.get("waived", 0),
        "overdue": state.overdue,
        "next_due": stamp(next_due) if next_due else None,
        "closed_at": stamp(state.closed_at) if state.closed_at else None,
        "suspended": state.suspended is not None,
        "held_by": _held_by(scope),
        "viewers": _viewers(scope),
    }


def _viewers(scope: Scope) -> list[str]:
    """Worked out once until somebody joins the case, or its roles resolve to other people."""
    state = scope.state
    scope.roles.renew()
    if state.viewers is None:
        state.viewers = sorted({*state.people, *overseers(scope)})
    return state.viewers


def task_row(scope: Scope, task: Task) -> Row:
    """An open task as inboxes and the board show it.

    `record` (what it was made for), `roles` (that a table chose) and `outside` (it waits for what comes
    from outside the company) are left out where there is nothing to say: rows are most of the ledger.
    """
    row: Row = {
        "id": task.id,
        "case": scope.state.id,
        "kind": task.kind,
        "ref": task.ref,
        "key": task.key if isinstance(task, ItemTask) else None,
        "status": task.status,
        "people": list(people_awaited(scope.program, task)),
        "due": stamp(task.due) if task.due else None,
        "overdue": task.overdue,
        "opened_at": stamp(task.opened_at),
    }
    if record := made_for(scope, task):
        row["record"] = record
    if roles := chosen_roles(task):
        row["roles"] = roles
    if _is_outside(scope, task):
        row["outside"] = True
    return row


def _held_by(scope: Scope) -> str | None:
    """The gate that a token stands at, or that keeps the stage it stands before from beginning."""
    state = scope.state
    for node, gates in scope.program.gated:
        if state.tokens.get(node):
            for gate in gates:
                if not state.is_open(gate):
                    return gate
    return None


def _is_outside(scope: Scope, task: Task) -> bool:
    """True if a task waits for what comes from outside the company, or for another system."""
    if isinstance(task, ActionTask):
        return task.call is not None
    outside = scope.program.evidence_from_outside.get(task.ref)
    if not outside or not isinstance(task, ItemTask) or task.status != "open":
        return False
    return any(part.id in outside for part in missing_parts(scope, task))


def chosen_roles(task: Task) -> list[str]:
    """The roles of a step whose approvers a decision table has chosen; none of any other task."""
    return list(task.roles) if isinstance(task, StepTask) and task.chosen is not None else []


def made_for(scope: Scope, task: Task) -> str | None:
    """What an item was made for, or the item that a cause is asked of: its record in a few words."""
    if isinstance(task, CauseTask):
        return made_for(scope, scope.state.tasks[task.item])
    if not isinstance(task, ItemTask) or task.key is None:
        return None
    return scope.program.record_named(scope.program.items[task.ref], task.record or {})


Touched = dict[str, None]
Tasks = Callable[[Touched, CaseState, Any], None]
Messages = Callable[[CaseState, Any], Iterable[RowChange]]


@cache
def _traits(kind: type[Event]) -> tuple[Tasks | None, Messages | None]:
    """How events of a type say which tasks' rows they touch, and what they send out."""
    by_field = (one for field, one in BY_FIELD.items() if field in kind.__struct_fields__)
    tasks = _cancelled if kind is CaseClosed else next(by_field, None)
    return tasks, MESSAGES.get(kind)


def _one_task(touched: Touched, _state: CaseState, event: Any) -> None:  # noqa: ANN401 - any with it
    touched[event.task] = None


def _several_tasks(touched: Touched, _state: CaseState, event: Any) -> None:  # noqa: ANN401
    touched |= dict.fromkeys(event.tasks)


def _instances(touched: Touched, _state: CaseState, event: ItemsListed) -> None:
    for one in event.instances:
        touched[one.task] = None


def _open_items(touched: Touched, state: CaseState, _event: FactChanged) -> None:
    """A fact may say whether an open item waits for what comes from outside."""
    for task in state.active:
        item = state.item(task)
        if item is not None and item.status == "open":
            touched[task] = None


def _cancelled(touched: Touched, state: CaseState, _event: CaseClosed) -> None:
    """What was open until the case ended; of what ended before, the rows are gone."""
    for task in state.tasks.values():
        if task.status == "cancelled":
            touched[task.id] = None


def _stopped(touched: Touched, _state: CaseState, event: CaseSuspended) -> None:
    for one in event.stopped:
        touched[one.task] = None


def _restarted(touched: Touched, _state: CaseState, event: CaseResumed) -> None:
    for one in event.restarted:
        touched[one.owner] = None


BY_FIELD: dict[str, Tasks] = {
    "task": _one_task,
    "tasks": _several_tasks,
    "instances": _instances,
    "fact": _open_items,
    "stopped": _stopped,
    "restarted": _restarted,
}
"""By the field in which an event names the tasks that it is about."""


def _notice(state: CaseState, event: NoticeQueued) -> Iterable[RowChange]:
    assert state.last_at is not None
    return (RowChange("outbox", event.notice, notice_row(event, state.id, state.last_at)),)


def notice_row(event: NoticeQueued, case: str, at: datetime) -> Row:
    """A notice as the outbox holds it; `case` is empty for a warning outside any case."""
    to = [
        {"person": one.person, "address": one.address, "passes_to": one.passes_to}
        for one in event.to
    ]
    return {
        "kind": "notice",
        "id": event.notice,
        "at": stamp(at),
        "case": case,
        "task": event.task,
        "reason": event.reason,
        "rule": event.rule,
        "text": event.text,
        "channel": event.channel,
        "to": to,
    }


def _call(state: CaseState, event: ActionOpened) -> Iterable[RowChange]:
    if event.call is None:
        return ()
    row: Row = {
        "kind": "call",
        "case": state.id,
        "task": event.task,
        "call": event.call,
        "arguments": list(event.arguments),
    }
    return (RowChange("outbox", f"{event.task}/call", row),)


def _withheld(state: CaseState, event: NoticeWithheld) -> Iterable[RowChange]:
    """Who was not told stands beside who was."""
    assert state.last_at is not None
    row: Row = {
        "kind": "withheld",
        "at": stamp(state.last_at),
        "case": state.id,
        "task": event.task,
        "reason": event.reason,
        "rule": event.rule,
        "channel": event.channel,
        "kept": [{"who": one.who, "why": one.why} for one in event.kept],
    }
    about = event.task or state.id
    key = f"{about}/withheld/{event.channel}/{event.rule or event.reason}/{row['at']}"
    return (RowChange("outbox", key, {"id": key, **row}),)


MESSAGES: dict[type[Event], Messages] = {
    NoticeQueued: _notice,
    NoticeWithheld: _withheld,
    ActionOpened: _call,
}
"""What goes into the outbox."""


def attempt_row(event: AttemptRefused, act: Act, case: str) -> Row:
    """What somebody tried beyond their authority; `case` is empty where it was in none."""
    return {
        "at": stamp(act.occurred_at),
        "recorded_at": stamp(act.recorded_at),
        "case": case,
        "person": event.person,
        "on_behalf_of": act.on_behalf_of,
        "host": act.host,
        "act": event.command,
        "task": event.task,
        "code": event.code,
        "values": event.values,
    }
