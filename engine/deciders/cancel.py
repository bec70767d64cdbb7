"""Calling a case off."""

from __future__ import annotations

from engine.authority import managers, refuse_unless
from engine.commands import Cancel
from engine.events import CaseCancelled
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run


def cancel(run: Run, command: Cancel) -> Refusal | None:
    """Whoever manages the process ends the case before its end, with the reason."""
    refusal = refuse_unless(run, managers(run), run.state.id)
    refusal = refusal or refuse_blank(command.reason, "reason")
    if refusal is None:
        run.emit(CaseCancelled(run.authority, command.reason))
    return refusal
