"""Recording what happens in streams that are not cases: decided, appended, decided again if need be."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from engine.clock import SystemClock, new_id
from engine.commands import Actor
from engine.rejection import Refusal
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
    command_id: str | None = None,
) -> Refusal | None:
    """Decide on a change and keep it; if somebody else was faster, decide again."""
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
        transaction = Transaction(command_id or new_id(), {stream: version}, (act,), tuple(rows))
        if not isinstance(service.store.append(transaction), Conflict):
            return None
    raise BusyError(str(TRIES))
