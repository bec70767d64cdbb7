"""An act as the ledger keeps it: who did it, when, on which machine, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from engine.clock import SystemClock
from engine.commands import Actor
from engine.store.port import Act, Happening

if TYPE_CHECKING:
    from msgspec import Struct


def act_of(
    stream: str,
    events: tuple[Struct, ...],
    actor: Actor,
    at: datetime,
    artefact: str | None = None,
) -> Act:
    """What one actor did in one stream at an instant (UTC)."""
    return Act(
        stream=stream,
        occurred_at=at,
        recorded_at=SystemClock().now(),
        actor=actor.person,
        authenticated=actor.authenticated,
        host=actor.host,
        events=tuple([Happening(type(one).__name__, 1, one) for one in events]),
        on_behalf_of=actor.on_behalf_of,
        artefact=artefact,
    )
