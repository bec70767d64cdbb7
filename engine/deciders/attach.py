"""Attaching evidence to an item."""

from __future__ import annotations

from engine.attaching import emit_attached, refuse_attaching
from engine.commands import Attach
from engine.rejection import Refusal
from engine.run import Run


def attach(run: Run, command: Attach) -> Refusal | None:
    """The file is evidence of the item from now on."""
    refusal = refuse_attaching(run, command)
    if refusal is None:
        emit_attached(run, command)
    return refusal
