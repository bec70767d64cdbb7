"""Rows of the query side, from a case's state and what has just happened to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache

from engine.authority import overseers
from engine.events import (
    ActionOpened,
    CaseClosed,
    Event,
    ItemsListed,
    NoticeQueued,
    RoleFilled,
)
from engine.scope import Scope
from engine.state import CaseState, ItemTask, Task
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
    changes += [
        RowChange("tasks", task.id, None if task.ended else task_row(scope, task))
        for task in _touched(state, events)
    ]
    for timer_id in sorted(state.touched_timers):
        timer = state.timers.get(timer_id)
        row = None if timer is None else {"case": state.id, "at": stamp(timer.at)}
        changes.append(RowChange("timers", f"{state.id}|{timer_id}", row))
    state.touched_timers.clear()
    changes += [
        RowChange("outbox", *_message(state, event)) for event in events if _goes_out(event)
    ]
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


def _touched(state: CaseState, events: Iterable[Event]) -> list[Task]:
    found: dict[str, None] = {}
    for event in events:
        match event:
            case ItemsListed(instances=instances):
                found.update((one.task, None) for one in instances)
            case RoleFilled(tasks=tasks):
                found.update((one, None) for one in tasks)
            case CaseClosed():
                found.update((one, None) for one in state.tasks)
            case _:
                task = getattr(event, "task", None)
                if task is not None:
                    found[task] = None
    return [state.tasks[task] for task in found if task in state.tasks]


def _goes_out(event: Event) -> bool:
    return isinstance(event, NoticeQueued) or (isinstance(event, ActionOpened) and bool(event.call))


def _message(state: CaseState, event: Event) -> tuple[str, Row]:
    if isinstance(event, NoticeQueued):
        to = [{"person": one.person, "address": one.address} for one in event.to]
        row: Row = {
            "kind": "notice",
            "case": state.id,
            "task": event.task,
            "reason": event.reason,
            "channel": event.channel,
            "to": to,
        }
        return event.notice, row
    assert isinstance(event, ActionOpened)
    return f"{event.task}/call", {
        "kind": "call",
        "case": state.id,
        "task": event.task,
        "call": event.call,
        "arguments": list(event.arguments),
    }
