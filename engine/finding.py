"""Finding the task that a command names."""

from __future__ import annotations

from typing import TypeVar

from engine.rejection import Refusal
from engine.run import Run
from engine.state import Task, TaskKind

T = TypeVar("T", bound=Task)


def unended_task(run: Run, task_id: str) -> Task | Refusal:
    """The task of any kind if it is there and not ended; R104 or R106 if not."""
    task = run.state.tasks.get(task_id)
    if task is None:
        return Refusal("R104", "invalid", {"task": task_id, "case": run.state.id})
    if task.ended:
        return Refusal("R106", "closed", {"task": task_id, "status": task.status})
    return task


def open_task(run: Run, task_id: str, kind: type[T], kinds: tuple[TaskKind, ...]) -> T | Refusal:
    """The task if it is there, of the right kind and not ended; R104, R105 or R106 if not."""
    task = run.state.tasks.get(task_id)
    if task is None:
        return Refusal("R104", "invalid", {"task": task_id, "case": run.state.id})
    if not isinstance(task, kind) or task.kind not in kinds:
        return Refusal("R105", "invalid", {"task": task_id, "kind": task.kind})
    if task.ended:
        return Refusal("R106", "closed", {"task": task_id, "status": task.status})
    return task


def refuse_blank(text: str, field: str) -> Refusal | None:
    """R107 if a text that must be given is empty or blank."""
    return None if text.strip() else Refusal("R107", "missing", {"field": field}, (field,))


def refuse_unapproved(run: Run, task: Task, kind: str) -> Refusal | None:
    """R128 while a rule makes it wait for an approval."""
    wanted = run.state.unapproved(kind, task.ref)
    if not wanted:
        return None
    return Refusal("R128", "too_early", {"task": task.id, "approvals": "、".join(wanted)}, wanted)
