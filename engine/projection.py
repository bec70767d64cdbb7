"""Rows of the query side, from a case's state and what has just happened to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache, lru_cache
from typing import Any

from engine.authority import overseers
from engine.events import (
    ActionOpened,
    CaseClosed,
    CaseResumed,
    CaseSuspended,
    Event,
    ItemsListed,
    NoticeQueued,
)
from engine.scope import Scope
from engine.state import ENDED, CaseState, ItemTask, Task
from engine.store.port import Row, RowChange
from engine.waiting import people_awaited


@lru_cache(maxsize=4096)
def stamp(moment: datetime) -> str:
    """An instant as rows hold it: UTC to the microsecond, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def project(scope: Scope, events: tuple[Event, ...]) -> tuple[RowChange, ...]:
    """The row changes that follow from events; the scope's state has followed them already."""
    state = scope.state
    changes = [RowChange("cases", state.id, case_row(scope))]
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
    for timer_id in sorted(state.touched_timers):
        timer = state.timers.get(timer_id)
        row = None if timer is None else {"case": state.id, "at": stamp(timer.at)}
        changes.append(RowChange("timers", f"{state.id}|{timer_id}", row))
    state.touched_timers.clear()
    return tuple(changes)


def case_row(scope: Scope) -> Row:
    """A case as lists show it, and who may see it."""
    state = scope.state
    next_due = state.next_due
    return {
        "id": state.id,
        "artefact": state.artefact,
        "rulebook": state.rulebook,
        "process": state.process,
        "subject": state.subject,
        "name": state.subject_name,
        "status": state.status,
        "stage": state.stage,
        "items": state.statuses.total(),
        "items_undone": state.undone_items,
        "overdue": state.overdue,
        "next_due": stamp(next_due) if next_due else None,
        "opened_at": stamp(state.opened_at) if state.opened_at else None,
        "closed_at": stamp(state.closed_at) if state.closed_at else None,
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
    """An open task as inboxes show it."""
    return {
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


Touched = dict[str, None]
Tasks = Callable[[Touched, CaseState, Any], None]
Messages = Callable[[CaseState, Any], Iterable[RowChange]]


@cache
def _traits(kind: type[Event]) -> tuple[Tasks | None, Messages | None]:
    """How events of a type say which tasks' rows they touch, and what they send out."""
    by_field = (one for field, one in BY_FIELD.items() if field in kind.__struct_fields__)
    tasks = _every_task if kind is CaseClosed else next(by_field, None)
    return tasks, MESSAGES.get(kind)


def _one_task(touched: Touched, _state: CaseState, event: Any) -> None:  # noqa: ANN401 - any with it
    touched[event.task] = None


def _several_tasks(touched: Touched, _state: CaseState, event: Any) -> None:  # noqa: ANN401
    touched |= dict.fromkeys(event.tasks)


def _instances(touched: Touched, _state: CaseState, event: ItemsListed) -> None:
    for one in event.instances:
        touched[one.task] = None


def _every_task(touched: Touched, state: CaseState, _event: CaseClosed) -> None:
    touched |= dict.fromkeys(state.tasks)


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
    "stopped": _stopped,
    "restarted": _restarted,
}
"""By the field in which an event names the tasks that it is about."""


def _notice(state: CaseState, event: NoticeQueued) -> Iterable[RowChange]:
    to = [
        {"person": one.person, "address": one.address, "passes_to": one.passes_to}
        for one in event.to
    ]
    row: Row = {
        "kind": "notice",
        "id": event.notice,
        "at": stamp(state.last_at) if state.last_at else None,
        "case": state.id,
        "task": event.task,
        "reason": event.reason,
        "rule": event.rule,
        "text": event.text,
        "channel": event.channel,
        "to": to,
    }
    return (RowChange("outbox", event.notice, row),)


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


MESSAGES: dict[type[Event], Messages] = {NoticeQueued: _notice, ActionOpened: _call}
"""What goes into the outbox."""
