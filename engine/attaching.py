"""Files that are attached to an item: who may, and which it asks for."""

from __future__ import annotations

from engine.authority import refuse_excluded, refuse_unless
from engine.commands import Attach
from engine.events import EvidenceAttached, People
from engine.finding import open_task
from engine.giving import refuse_unopened
from engine.rejection import PARTED, Refusal
from engine.run import Run
from engine.state import ItemTask


def refuse_attaching(run: Run, command: Attach, others: People = ()) -> Refusal | None:
    """Why a file cannot be attached; None if it can.

    Giver, receiver or accountable attach what they have, also what came from outside. What has been
    handed over is what is being signed: nothing is added to it. `others` may, too.
    """
    task = open_task(run, command.task, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    item = run.program.items[task.ref]
    wanted = next((one for one in item.evidence if one.id == command.evidence), None)
    if wanted is None:
        known = PARTED.join(one.id for one in item.evidence) or "—"
        return Refusal("R116", "invalid", {"name": command.evidence, "known": known})
    roles = tuple(
        role for role in (item.giver, item.receiver, item.accountable, wanted.source) if role
    )
    return (
        refuse_unless(run, (*_people(run, task, roles), *others), task.id)
        or refuse_excluded(run, task, roles)
        or refuse_unopened(run, task)
    )


def emit_attached(run: Run, command: Attach) -> None:
    """Attach a file that may be."""
    task = run.state.item(command.task)
    assert task is not None
    declared = run.program.items[task.ref].evidence
    source = next(one.source for one in declared if one.id == command.evidence)
    run.emit(
        EvidenceAttached(
            task=task.id,
            person=run.authority,
            evidence=command.evidence,
            sha256=command.file.sha256,
            size=command.file.size,
            name=command.name,
            received_from=command.received_from or source,
        )
    )


def _people(run: Run, task: ItemTask, roles: tuple[str, ...]) -> People:
    found = [person for role in roles for person in run.role_in(role, task)]
    return tuple(dict.fromkeys(found))
