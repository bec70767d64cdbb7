"""Recording what happens in streams that are not cases: decided, appended, decided again if need be."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from engine.bookkeeping import act_of
from engine.clock import new_id
from engine.commands import Actor
from engine.rejection import Refusal
from engine.repeats import Asked, recorded
from engine.service import Service
from engine.store.failure import TRIES, BusyError
from engine.store.port import Conflict, RowChange, Transaction

Change = tuple[tuple[Struct, ...], list[RowChange]]
"""What an act leaves: events, and the rows that follow from them."""


def record(
    service: Service,
    stream: str,
    actor: Actor,
    decide: Callable[[], Change | Refusal],
    wanted: Asked | None = None,
) -> Refusal | None:
    """Decide on a change and keep it; if somebody else was faster, decide again."""
    wanted = wanted or Asked(new_id())
    for _ in range(TRIES):
        version = service.store.version(stream)
        decided = decide()
        if isinstance(decided, Refusal):
            return decided
        events, rows = decided
        act = act_of(stream, events, actor, service.world.clock.now())
        transaction = Transaction(wanted.id, {stream: version}, (act,), tuple(rows), wanted.digest)
        answer = service.store.append(transaction)
        if not isinstance(answer, Conflict):
            before = recorded(service.store, wanted) if answer.repeated else None
            return before if isinstance(before, Refusal) else None
    raise BusyError(str(TRIES))
