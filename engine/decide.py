"""The pure core: from a case and a command to events, or to a refusal."""

from __future__ import annotations

from engine.commands import Open, Request
from engine.context import Context
from engine.deciders import DECIDERS
from engine.events import Event
from engine.flow.settle import settle
from engine.program import Program
from engine.rejection import Refusal
from engine.run import Run
from engine.state import CaseState


def decide(
    program: Program, state: CaseState, request: Request, context: Context
) -> tuple[Event, ...] | Refusal:
    """What a command does to a case.

    A function of its arguments: time, people, calendar and private values come with the context. The
    state has followed the events when this returns; after a refusal it is as it was. A caller that
    cannot make the events durable must drop the state.
    """
    if state.status != "open" or (state.version == 0) != isinstance(request.command, Open):
        return Refusal("R103", "closed", {"case": request.case, "status": state.status})
    run = Run(program, state, request, context)
    refusal = DECIDERS[type(request.command)](run, request.command)
    if refusal is not None:
        return refusal
    settle(run)
    return tuple(run.events)
