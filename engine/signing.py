"""Whether something can be signed or refused now."""

from __future__ import annotations

from engine.rejection import Refusal
from engine.run import Run
from engine.state import DocumentTask, SignedTask


def refuse_unsignable(run: Run, task: SignedTask) -> Refusal | None:
    """R119 while an item is not handed over, R121 while a gate that is shut again holds a document."""
    if isinstance(task, DocumentTask):
        return refuse_held(run, task.id, run.program.gates_of_document(task.ref))
    if task.status != "handed_over":
        return Refusal("R119", "too_early", {"task": task.id, "status": task.status})
    return None


def refuse_held(run: Run, task: str, gates: tuple[str, ...]) -> Refusal | None:
    """R121 while one of the gates is shut."""
    shut = tuple(gate for gate in gates if not run.state.is_open(gate))
    if not shut:
        return None
    return Refusal("R121", "too_early", {"task": task, "gates": "、".join(shut)}, shut)
