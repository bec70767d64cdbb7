"""Handing an item over."""

from __future__ import annotations

from msgspec.structs import replace

from engine.attaching import emit_attached, refuse_attaching
from engine.authority import stand_ins
from engine.commands import Attach, HandOver
from engine.completeness import missing_parts
from engine.counting import count_up
from engine.events import ContentProvided, HandedOver, ItemDone, RoleFilled
from engine.filling import fill_in
from engine.finding import refuse_unapproved
from engine.flow.namings import ask_for_names
from engine.giving import givable, is_in_place, refuse_values
from engine.rejection import Refusal
from engine.run import Run
from engine.seen import item_hash
from engine.signing import refuse_unaccepted
from engine.state import ItemTask
from engine.waiting import next_signers, signing_roles


def hand_over(run: Run, command: HandOver) -> Refusal | None:
    """The giver's act: content and evidence are complete. It is the giver's signature.

    The accountable person does it for a giver who has left, or with a reason for one who does not;
    that is marked.
    """
    task = givable(run, command.task, command.in_place)
    if isinstance(task, Refusal):
        return task
    files = tuple(replace(one, task=task.id) for one in command.files)
    refusal = (
        refuse_values(run, task, command.values)
        or refuse_unapproved(run, task, "item")
        or _refuse_files(run, task, files)
        or _refuse_incomplete(run, task, command)
    )
    if refusal is not None:
        return refusal
    person = run.authority
    if command.values:
        run.emit(ContentProvided(task.id, person, command.values))
    for file in files:
        emit_attached(run, file)
    _count(run, task)
    giver = run.program.items[task.ref].giver
    roles = (giver,) if giver in signing_roles(run.program, task) else ()
    in_place_of = task.roles[giver].people if is_in_place(run, task, person) else None
    reason = "" if in_place_of is None else command.in_place
    run.emit(HandedOver(task.id, person, roles, item_hash(task), in_place_of, reason))
    if not next_signers(run.program, task):
        run.emit(ItemDone(task.id))
    return None


def _refuse_files(run: Run, task: ItemTask, files: tuple[Attach, ...]) -> Refusal | None:
    """Whoever hands over in the giver's place brings the evidence along."""
    others = stand_ins(run, task)
    return next(filter(None, (refuse_attaching(run, one, others) for one in files)), None)


def _refuse_incomplete(run: Run, task: ItemTask, command: HandOver) -> Refusal | None:
    item = run.program.items[task.ref]
    receiver = task.roles[item.receiver]
    if receiver.lacking in ("unnamed", "nobody"):
        return Refusal("R117", "too_early", {"role": item.receiver}, (item.receiver,))
    missing = missing_parts(run, task, command.values, {one.evidence for one in command.files})
    if missing:
        listed = "、".join(next(iter(one.title.values())) for one in missing)
        ids = tuple(one.id for one in missing)
        return Refusal("R118", "missing", {"task": task.id, "missing": listed}, ids)
    if item.accepted is not None and set(signing_roles(run.program, task)) <= {item.giver}:
        stated = replace(task, contents={**task.contents, **command.values})
        return refuse_unaccepted(run, stated)
    return None


def _count(run: Run, task: ItemTask) -> None:
    """Record what was found; whoever signs a difference is found now that there is one."""
    for count in run.program.items[task.ref].counts:
        counted = count_up(run, task, count)
        run.emit(counted)
        if counted.signer is not None and counted.signer not in task.roles:
            filled = fill_in(run, task, counted.signer)
            run.emit(RoleFilled(counted.signer, (task.id,), filled))
            ask_for_names(run, {counted.signer: filled})
