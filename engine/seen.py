"""Content hashes: what a person was shown when they approved or signed."""

from __future__ import annotations

import hashlib

import msgspec

from engine.state import CaseState, ItemTask, SignedTask


def application_hash(state: CaseState) -> str:
    """Over the facts of a case, private ones by their commitments. 16 hexadecimal digits."""
    return _hash([state.facts, {fact: one.commitment for fact, one in state.sealed.items()}])


def signed_hash(state: CaseState, task: SignedTask) -> str:
    """What a signature under a task is about: an item itself, for a document the facts in it."""
    return item_hash(task) if isinstance(task, ItemTask) else application_hash(state)


def item_hash(task: ItemTask) -> str:
    """Over an item's record, content and evidence. 16 hexadecimal digits."""
    files = {name: [one.sha256 for one in found] for name, found in task.evidence.items()}
    return _hash([task.record, task.contents, files])


def _hash(value: object) -> str:
    encoded = msgspec.json.encode(value, order="deterministic")
    return hashlib.sha256(encoded).hexdigest()[:16]
