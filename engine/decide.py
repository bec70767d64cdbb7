"""The pure core: from a case and a command to events, or to a refusal."""

from __future__ import annotations

from engine.authority import refuse_gone
from engine.commands import (
    Claim,
    Command,
    Complete,
    Delegate,
    Name,
    Open,
    Reassess,
    Reassign,
    Release,
    Reopen,
    Tick,
)
from engine.deciders import DECIDERS
from engine.events import Event
from engine.flow.settle import settle
from engine.rejection import Refusal
from engine.run import Run
from engine.standing import refuse_suspended
from engine.state import CaseState

AFTER_CLOSE = (Complete, Name, Claim, Release, Delegate, Reassign, Reassess)
"""What is left over in a closed case is done, and given to others, as before."""


def decide(run: Run) -> tuple[Event, ...] | Refusal:
    """What a command does to a case.

    A function of what the run holds: time, people, calendar and private values come with its context.
    The state has followed the events when this returns; after a refusal it is as it was. A caller that
    cannot make the events durable must drop the state.
    """
    state, command = run.state, run.request.command
    if not _takes(state, command):
        return Refusal("R103", "closed", {"case": run.request.case, "status": state.status})
    refusal = (
        refuse_suspended(state, command)
        or refuse_gone(run)
        or DECIDERS[type(command)](run, command)
    )
    if refusal is not None:
        return refusal
    settle(run)
    return tuple(run.events)


def _takes(state: CaseState, command: Command) -> bool:
    """True if a case takes a command; a closed one only what is left over in it needs."""
    if (state.version == 0) != isinstance(command, Open):
        return False
    if state.status == "open" or isinstance(command, Tick | Reopen):
        return True
    return bool(state.active) and isinstance(command, AFTER_CLOSE)
