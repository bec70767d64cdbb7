"""What every event of a store must stand: its place in its stream, its chain, what it names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import ValidationError, json

from engine.store.entries import act_of, events_of, hash_of
from engine.store.failure import StoreFailure
from engine.store.port import Damage, Sealed, StoredEvent

Unseal = Callable[[Sealed], bytes | None]
Kept = Callable[[str], bytes | None]


class Examination:
    """One walk over all acts, in order.

    Args:
        unseal: finds a private value by its commitment.
        kept: finds a kept file by its SHA-256.
    """

    def __init__(self, unseal: Unseal, kept: Kept) -> None:
        self._unseal = unseal
        self._kept = kept
        self._heads: dict[str, tuple[int, str]] = {}
        self._seen: set[tuple[str, int]] = set()

    def act(self, stored: bytes) -> Iterator[Damage]:
        """What is wrong with the next act."""
        try:
            act = act_of(stored)
        except ValidationError as error:
            yield Damage("K117", "", {"event": "?", "stream": "?", "reason": str(error)})
            return
        before, previous = self._heads.get(act.stream, (0, ""))
        if (act.sequence, act.previous) != (before + 1, previous):
            where = f"{act.stream}#{act.sequence}"
            yield Damage("K117", where, {"event": str(act.sequence), "stream": act.stream})
        self._heads[act.stream] = act.sequence + len(act.events) - 1, hash_of(stored)
        for event in events_of(act):
            yield from self._named(event)

    def _named(self, event: StoredEvent) -> Iterator[Damage]:
        where, data = f"{event.stream}#{event.sequence}", bytes(event.data)
        if b'"commitment"' not in data and b'"sha256"' not in data:
            return
        for found in _objects(json.decode(data)):
            named = _named(found)
            if named is not None and named not in self._seen:
                self._seen.add(named)
                yield from self._beside(*named, where)

    def _beside(self, name: str, size: int, where: str) -> Iterator[Damage]:
        try:
            content = self._unseal(Sealed(name)) if size < 0 else self._kept(name)
        except StoreFailure as failure:
            yield Damage(failure.code, where, failure.values)
            return
        if content is None:
            yield Damage("K112" if size < 0 else "K114", where, {"name": name, "event": where})
        elif size >= 0 and len(content) != size:
            yield Damage("K115", where, {"name": name, "file": name})


def _named(found: dict[str, Any]) -> tuple[str, int] | None:
    """A private value's commitment and -1, or a kept file's hash and its size."""
    match found:
        case {"commitment": str(name)}:
            return name, -1
        case {"sha256": str(name), "size": int(size)}:
            return name, size
        case _:
            return None


def _objects(value: object) -> Iterator[dict[str, Any]]:
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting.extend(reversed(part.values()))
        elif isinstance(part, list):
            waiting.extend(reversed(part))
