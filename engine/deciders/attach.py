"""Attaching evidence to an item."""

from __future__ import annotations

from dsl.model import Evidence, Item
from engine.authority import refuse_unless
from engine.commands import Attach
from engine.events import EvidenceAttached
from engine.finding import open_task
from engine.giving import still_waiting
from engine.rejection import Refusal
from engine.run import Run
from engine.state import ItemTask


def attach(run: Run, command: Attach) -> Refusal | None:
    """Giver, receiver or accountable attach what they have, also what came from outside."""
    task = open_task(run, command.task, ItemTask, ("item",))
    if isinstance(task, Refusal):
        return task
    item = run.program.items[task.ref]
    wanted = next((one for one in item.evidence if one.id == command.evidence), None)
    if wanted is None:
        known = "、".join(one.id for one in item.evidence)
        return Refusal("R116", "invalid", {"name": command.evidence, "known": known})
    refusal = refuse_unless(run, _may_attach(run, task, item, wanted), task.id)
    if refusal is not None:
        return refusal
    if task.status == "waiting":
        return still_waiting(run, task)
    run.emit(
        EvidenceAttached(
            task=task.id,
            person=run.request.actor.authority,
            evidence=command.evidence,
            sha256=command.file.sha256,
            size=command.file.size,
            name=command.name,
            received_from=command.received_from or wanted.source,
        )
    )
    return None


def _may_attach(run: Run, task: ItemTask, item: Item, wanted: Evidence) -> tuple[str, ...]:
    roles = (item.giver, item.receiver, item.accountable, wanted.source)
    found = [person for role in roles if role for person in run.role_in(role, task)]
    return tuple(dict.fromkeys(found))
