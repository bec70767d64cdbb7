"""One decision under way: a scope that also records events and lets the state follow them."""

from __future__ import annotations

from dsl.model import Channel
from engine.commands import Request
from engine.context import Context
from engine.events import Event
from engine.program import Program
from engine.replay import fold
from engine.scope import Scope
from engine.state import CaseState


class Run(Scope):
    """Collects the events of one decision.

    Attributes:
        request: what is being decided.
        actor: the person who acts (not the one on whose behalf).
        authority: the person whose rights count.
        events: what has happened so far, in order.
        settled: how many of the events have had their consequences.
        waiting: a heap of the rules that are to act, each with the item it is about; `queued` the same.
        acts: how many rules have acted.
        told: who has been told what, so that nobody is told twice.
    """

    def __init__(
        self, program: Program, state: CaseState, request: Request, context: Context
    ) -> None:
        super().__init__(program, state, context)
        self.request = request
        self.actor = request.actor.person
        self.authority = request.actor.authority
        self.events: list[Event] = []
        self.settled = 0
        self.waiting: list[tuple[int, str]] = []
        self.queued: set[tuple[int, str]] = set()
        self.acts = 0
        self.told: dict[tuple[Channel, str | None, str], set[str]] = {}

    def emit(self, event: Event) -> None:
        """Record an event; what follows from it is settled later."""
        fold(self.state, event, self.now)
        self.events.append(event)
