"""Handing an item over."""

from __future__ import annotations

from engine.commands import HandOver
from engine.completeness import missing_parts
from engine.events import ContentProvided, HandedOver, ItemDone
from engine.giving import givable, refuse_values
from engine.rejection import Refusal
from engine.run import Run
from engine.seen import item_hash
from engine.state import ItemTask
from engine.waiting import next_signers


def hand_over(run: Run, command: HandOver) -> Refusal | None:
    """The giver's act: content and evidence are complete. It is the giver's signature."""
    task = givable(run, command.task)
    if isinstance(task, Refusal):
        return task
    refusal = refuse_values(run, task, command.values) or _refuse_incomplete(run, task, command)
    if refusal is not None:
        return refusal
    giver = run.request.actor.authority
    if command.values:
        run.emit(ContentProvided(task.id, giver, command.values))
    roles = _signing_roles(run, task, giver)
    run.emit(HandedOver(task.id, giver, roles, item_hash(task)))
    if not next_signers(run.program, task):
        run.emit(ItemDone(task.id))
    return None


def _refuse_incomplete(run: Run, task: ItemTask, command: HandOver) -> Refusal | None:
    item = run.program.items[task.ref]
    receiver = task.roles[item.receiver]
    if receiver.lacking in ("unnamed", "nobody"):
        return Refusal("R117", "too_early", {"role": item.receiver}, (item.receiver,))
    missing = missing_parts(run, task, command.values)
    if missing:
        listed = "、".join(next(iter(one.title.values())) for one in missing)
        ids = tuple(one.id for one in missing)
        return Refusal("R118", "missing", {"task": task.id, "missing": listed}, ids)
    return None


def _signing_roles(run: Run, task: ItemTask, giver: str) -> tuple[str, ...]:
    item = run.program.items[task.ref]
    listed = [role for turn in item.signers for role in turn]
    return (item.giver,) if item.giver in listed and giver in task.roles[item.giver].people else ()
