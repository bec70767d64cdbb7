"""Recording what happens in streams that are not cases: decided, appended, decided again if need be."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from engine.clock import SystemClock, new_id
from engine.commands import Actor
from engine.rejection import Refusal
from engine.repeats import Asked, recorded
from engine.service import Service
from engine.store.failure import TRIES, BusyError
from engine.store.port import Act, Conflict, Happening, RowChange, Transaction

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
        act = Act(
            stream=stream,
            occurred_at=service.world.clock.now(),
            recorded_at=SystemClock().now(),
            actor=actor.person,
            authenticated=actor.authenticated,
            host=actor.host,
            events=tuple(Happening(type(one).__name__, 1, one) for one in events),
            on_behalf_of=actor.on_behalf_of,
        )
        transaction = Transaction(wanted.id, {stream: version}, (act,), tuple(rows), wanted.digest)
        answer = service.store.append(transaction)
        if not isinstance(answer, Conflict):
            before = recorded(service.store, wanted) if answer.repeated else None
            return before if isinstance(before, Refusal) else None
    raise BusyError(str(TRIES))
