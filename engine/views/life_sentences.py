"""The life of a case in sentences: what stands still, goes on and ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.events import (
    BudgetPaused,
    BudgetResumed,
    CaseCancelled,
    CaseReopened,
    CaseResumed,
    CaseSuspended,
    CaseWithdrawn,
    Event,
    Restarted,
    TaskResumed,
    TaskSuspended,
)
from engine.views.reader import Reader


def _case(
    reader: Reader, event: CaseWithdrawn | CaseSuspended | CaseResumed | CaseCancelled
) -> dict[str, str]:
    return {"person": reader.person(event.person), "reason": event.reason}


def _reopened(reader: Reader, event: CaseReopened) -> dict[str, str]:
    return {"person": reader.person(event.person), "reason": event.reason, "case": event.case}


def _task(reader: Reader, event: TaskSuspended | TaskResumed) -> dict[str, str]:
    person, task = reader.person(event.person), reader.task_named(event.task)
    return {"person": person, "task": task, "reason": event.reason}


def _task_resumed(reader: Reader, event: TaskResumed) -> dict[str, str]:
    return {**_task(reader, event), "until": _until(reader, event.restarted)}


def _paused(reader: Reader, event: BudgetPaused) -> dict[str, str]:
    return {"task": reader.task_named(event.task), "role": reader.role(event.role)}


def _goes_on(reader: Reader, event: BudgetResumed) -> dict[str, str]:
    return {"task": reader.task_named(event.task), "until": _until(reader, event.restarted)}


def _until(reader: Reader, restarted: Restarted | None) -> str:
    return reader.until(None if restarted is None else restarted.due)


DESCRIBE: dict[type[Event], Callable[[Reader, Any], dict[str, str]]] = {
    CaseWithdrawn: _case,
    CaseSuspended: _case,
    CaseResumed: _case,
    CaseCancelled: _case,
    CaseReopened: _reopened,
    TaskSuspended: _task,
    TaskResumed: _task_resumed,
    BudgetPaused: _paused,
    BudgetResumed: _goes_on,
}
