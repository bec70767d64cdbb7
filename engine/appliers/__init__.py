"""One applier per event: how the state follows from what was recorded. Nothing is evaluated here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.appliers import (
    actions,
    approvals,
    assignments,
    cases,
    causes,
    documents,
    items,
    life,
    rules,
    timing,
)
from engine.events import Event
from engine.state import CaseState

Applier = Callable[[CaseState, Any, datetime], None]

APPLIERS: dict[type[Event], Applier] = {
    **cases.APPLIERS,
    **approvals.APPLIERS,
    **assignments.APPLIERS,
    **items.APPLIERS,
    **actions.APPLIERS,
    **documents.APPLIERS,
    **causes.APPLIERS,
    **rules.APPLIERS,
    **timing.APPLIERS,
    **life.APPLIERS,
}
"""The applier of each event type."""
