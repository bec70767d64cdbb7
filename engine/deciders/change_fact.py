"""Changing a fact of a running case."""

from __future__ import annotations

from engine.changing import record_change, refuse_change
from engine.commands import ChangeFact
from engine.finding import refuse_blank
from engine.rejection import Refusal
from engine.run import Run


def change_fact(run: Run, command: ChangeFact) -> Refusal | None:
    """Whoever the fact is `set by`, or who manages the process, changes it, with a reason."""
    refusal = refuse_change(run, command.fact, command.value, command.sealed)
    refusal = refusal or refuse_blank(command.reason, "reason")
    if refusal is not None:
        return refusal
    record_change(run, command.fact, command.value, command.sealed, command.reason)
    return None
