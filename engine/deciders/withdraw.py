"""Withdrawing an application."""

from __future__ import annotations

from engine.authority import refuse_unless
from engine.commands import Withdraw
from engine.events import CaseWithdrawn
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run


def withdraw(run: Run, command: Withdraw) -> Refusal | None:
    """The subject, or whoever opened the case, takes it back, with the reason."""
    allowed = tuple(dict.fromkeys((run.state.subject, run.state.opener)))
    refusal = refuse_unless(run, allowed, run.state.id) or refuse_blank(command.reason, "reason")
    if refusal is None:
        run.emit(CaseWithdrawn(run.authority, command.reason))
    return refusal
