"""A case as a command finds it, and what is decided there."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import NamedTuple

from engine.commands import Actor, Command, Request
from engine.context import Context
from engine.events import Event
from engine.program import Program
from engine.rejection import Refusal
from engine.run import Run
from engine.state import CaseState
from engine.waiting import in_whose_name

Decided = tuple[Run, tuple[Event, ...] | Refusal]
"""What was decided, and the run in which it was."""


class Scene(NamedTuple):
    """The program of a case, its state, and the world at one instant."""

    program: Program
    state: CaseState
    context: Context

    @property
    def is_due(self) -> bool:
        """True if a timer has to fire before anything else happens."""
        first = self.state.next_timer
        return first is not None and first <= self.context.now


def decided(scene: Scene, command: Command, actor: Actor, request_id: str) -> Decided:
    """What a command does; whoever stands in acts in the owner's name."""
    program, state, context = scene
    actor = in_whose_name(program, state, command, actor)
    request = Request(request_id, state.id, actor, context.now, command)
    run = Run(program, state, request, context)
    return run, _core()(run)


@cache
def _core() -> Callable[[Run], tuple[Event, ...] | Refusal]:
    """`decide`, with all that follows from acts: loaded for the first act, since most commands only read."""
    found: Callable[[Run], tuple[Event, ...] | Refusal] = import_module("engine.decide").decide
    return found
