"""Taking an ended case up again, as a new case."""

from __future__ import annotations

from engine.authority import managers, refuse_unless
from engine.commands import Reopen
from engine.events import CaseReopened
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run


def reopen(run: Run, command: Reopen) -> Refusal | None:
    """Whoever manages the process does so once, with the reason; the new case may be reopened in turn."""
    state = run.state
    refusal = refuse_unless(run, managers(run), state.id)
    refusal = refusal or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    if state.status == "open":
        return Refusal("R173", "too_early", {"case": state.id})
    if state.reopened_as is not None:
        return Refusal("R174", "invalid", {"case": state.id, "new": state.reopened_as})
    run.emit(CaseReopened(run.authority, command.reason, command.case))
    return None
