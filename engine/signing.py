"""Whether something can be signed or refused now."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.expressions.tree import ContentOf, Expression, FactValue, ItemIs, Known
from dsl.expressions.uses import walk
from engine.rejection import Refusal
from engine.run import Run
from engine.state import DocumentTask, ItemTask, SignedTask


def refuse_unsignable(run: Run, task: SignedTask) -> Refusal | None:
    """R119 while an item is not handed over, R121 while a gate that is shut again holds a document."""
    if isinstance(task, DocumentTask):
        return refuse_held(run, task.id, run.program.gates_of_document(task.ref))
    if task.status != "handed_over":
        return Refusal("R119", "too_early", {"task": task.id, "status": task.status})
    return None


def refuse_unaccepted(run: Run, task: SignedTask) -> Refusal | None:
    """R152 while what an item is accepted by is not true."""
    accepted = run.program.items[task.ref].accepted if isinstance(task, ItemTask) else None
    if accepted is None or run.holds(accepted, task):
        return None
    parts = tuple(parts_of(accepted, task.ref))
    return Refusal("R152", "missing", {"task": task.id, "missing": "、".join(parts)}, parts)


def parts_of(condition: Expression, item: str) -> Iterator[str]:
    """The ids of what a condition reads: content of the item, facts, other items."""
    for part in walk(condition):
        match part:
            case ContentOf(of, content):
                yield content if of == item else of
            case FactValue(fact) | Known(fact):
                yield fact
            case ItemIs(other, _):
                yield other
            case _:
                pass


def refuse_held(run: Run, task: str, gates: tuple[str, ...]) -> Refusal | None:
    """R121 while one of the gates is shut."""
    shut = tuple(gate for gate in gates if not run.state.is_open(gate))
    if not shut:
        return None
    return Refusal("R121", "too_early", {"task": task, "gates": "、".join(shut)}, shut)
