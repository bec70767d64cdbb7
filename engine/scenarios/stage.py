"""The stage of a scenario: one case, a virtual clock, values sealed in memory."""

from __future__ import annotations

from datetime import UTC, datetime

from dsl.expressions.tree import Wire
from engine.calendars import WorkCalendar
from engine.commands import Actor, Command, Request, Tick
from engine.context import Context
from engine.decide import decide
from engine.events import Event, NoticeQueued
from engine.program import Program
from engine.rejection import Refusal
from engine.run import Run
from engine.scenarios.cast import Cast
from engine.scope import Scope
from engine.state import CaseState
from engine.store.port import Sealed
from engine.waiting import in_whose_name

CASE = "S"
BATCH = 100


class Stage:
    """Plays commands against one case and remembers what came of them.

    Attributes:
        refused: the last refusal, until somebody has asked for it.
        notices: every notice so far.
    """

    def __init__(self, program: Program, cast: Cast, calendar: WorkCalendar) -> None:
        self.program = program
        self.cast = cast
        self.state = CaseState()
        self.refused: Refusal | None = None
        self.notices: list[NoticeQueued] = []
        self.events: list[tuple[datetime, str, Event]] = []
        self._calendar = calendar
        self._now: datetime | None = None
        self._sealed: dict[str, Wire] = {}

    @property
    def scope(self) -> Scope:
        """The case as it is now."""
        return Scope(self.program, self.state, self._context())

    @property
    def started(self) -> bool:
        """True once the case is open."""
        return self.state.version > 0

    def local(self, at: str) -> datetime:
        """The instant of a local time of the rulebook."""
        return datetime.fromisoformat(at).replace(tzinfo=self.program.zone).astimezone(UTC)

    def go_to(self, at: str | None) -> None:
        """Let the time pass; what falls due on the way fires at its own moment."""
        if at is None:
            return
        goal = self.local(at)
        while self.started:
            due = min((timer.at for timer in self.state.timers.values()), default=goal)
            if due >= goal:
                break
            self._now = max(due, self._now or due)
            self.play(Tick(BATCH), Actor("baton", "clock", "scenario"))
        self._now = max(goal, self._now or goal)
        if self.started:
            self.play(Tick(BATCH), Actor("baton", "clock", "scenario"))

    def seal(self, wire: Wire) -> Sealed:
        """Keep a private value for the length of the scenario."""
        sealed = Sealed(f"{len(self._sealed)}")
        self._sealed[sealed.commitment] = wire
        return sealed

    def play(self, command: Command, actor: Actor) -> Refusal | None:
        """One command; a refusal is remembered and returned."""
        actor = in_whose_name(self.program, self.state, command, actor)
        request = Request(f"{len(self.events)}", CASE, actor, self.now, command)
        answer = decide(Run(self.program, self.state, request, self._context()))
        if isinstance(answer, Refusal):
            self.refused = answer
            return answer
        self.notices += [event for event in answer if isinstance(event, NoticeQueued)]
        self.events += [(self.now, actor.person, event) for event in answer]
        return None

    @property
    def now(self) -> datetime:
        """The virtual instant; before anything has been said, the beginning of the year 2000."""
        return self._now or datetime(2000, 1, 1, tzinfo=UTC)

    def _context(self) -> Context:
        return Context(
            now=self.now,
            directory=self.cast.directory(),
            calendar=self._calendar,
            unseal=self._unseal,
            feed=_no_rows,
        )

    def _unseal(self, sealed: Sealed) -> Wire:
        return self._sealed[sealed.commitment]


def _no_rows(feed: str, person: str) -> list[Wire]:
    """Lists of a scenario are given, never fetched."""
    del feed, person
    return []
