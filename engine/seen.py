"""Content hashes: what a person was shown when they approved or signed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from engine.rejection import PARTED, Refusal
from engine.state import CaseState, Given, ItemTask, SignedTask, Task


def application_hash(state: CaseState) -> str:
    """Over the facts of a case, private ones by their commitments. 16 hexadecimal digits."""
    return _hash([state.facts, {fact: one.commitment for fact, one in state.sealed.items()}])


def signed_hash(state: CaseState, task: SignedTask) -> str:
    """What a signature under a task is about: an item itself, for a document the facts in it."""
    return item_hash(task) if isinstance(task, ItemTask) else application_hash(state)


def item_hash(given: ItemTask | Given) -> str:
    """Over an item's record, content and evidence. 16 hexadecimal digits."""
    files = {name: [one.sha256 for one in found] for name, found in given.evidence.items()}
    return _hash([given.record, given.contents, files])


def refuse_changed(state: CaseState, task: Task, seen: str) -> Refusal | None:
    """R109, with what is not as it was, if whoever approves or signs was shown something else."""
    if isinstance(task, ItemTask):
        changed = () if seen == item_hash(task) else tuple(_parts_since(task, seen)) or (task.id,)
    else:
        changed = () if seen == application_hash(state) else _facts_since(state, seen) or (task.id,)
    if not changed:
        return None
    values = {"task": task.id, "changed": PARTED.join(changed)}
    return Refusal("R109", "changed", values, changed)


def _facts_since(state: CaseState, seen: str) -> tuple[str, ...]:
    """The facts that have changed since; all that ever have if it was never seen like that."""
    start = next((i for i, (before, _) in enumerate(state.changes) if before == seen), 0)
    return tuple(dict.fromkeys(fact for _, fact in state.changes[start:]))


def _parts_since(task: ItemTask, seen: str) -> Iterator[str]:
    """The fields of the record, the content and the evidence that are not as they were handed over then."""
    before = next((one for one in task.earlier if item_hash(one) == seen), Given(None, {}, {}))
    pairs: tuple[tuple[Mapping[str, object], Mapping[str, object]], ...] = (
        (before.record or {}, task.record or {}),
        (before.contents, task.contents),
        (before.evidence, task.evidence),
    )
    for old, new in pairs:
        yield from (one for one in {**old, **new} if old.get(one) != new.get(one))


def _hash(value: object) -> str:
    encoded = msgspec.json.encode(value, order="deterministic")
    return hashlib.sha256(encoded).hexdigest()[:16]
