"""The stage of a scenario: one case, a virtual clock, values sealed in memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace

from dsl.expressions.tree import Wire
from dsl.expressions.uses import uses_of
from dsl.model import Who
from engine.calendars import WorkCalendar
from engine.chronicle import WarningRaised
from engine.commands import CLOCKWORK, Actor, Command, Open, Reopen, Request, Tick
from engine.context import Context
from engine.decide import decide
from engine.events import CaseOpened, Event, FactChanged, NoticeQueued, TimerSet
from engine.program import Program
from engine.rejection import Refusal
from engine.run import Run
from engine.scenarios.cast import Cast
from engine.scope import Scope
from engine.state import CaseState, Task
from engine.store.port import Sealed
from engine.waiting import in_whose_name
from engine.warnings import Lookout

BATCH = 100
CLOCK = Actor(CLOCKWORK, "clock", "scenario")
Told = tuple[datetime, str, Event]
"""When, by whom, what."""


class Stage:
    """Plays commands against one case and remembers what came of them.

    Attributes:
        refused: the last refusal, until somebody has asked for it.
        notices: every notice so far.
        events: what has happened in the case; `past` are cases that it has taken up again.
        feeds: the rows that other systems have reported, by feed and key.
        warnings: by rule and key, whether an early warning stands or stood.
    """

    def __init__(self, program: Program, cast: Cast, calendar: WorkCalendar) -> None:
        self.program = program
        self.cast = cast
        self.state = CaseState()
        self.refused: Refusal | None = None
        self.notices: list[NoticeQueued] = []
        self.events: list[Told] = []
        self.past: list[tuple[CaseState, list[Told]]] = []
        self.feeds: dict[str, dict[str, dict[str, Wire]]] = {}
        self.warnings: dict[tuple[str, str], bool] = {}
        self.rows_met: set[tuple[str, int]] = set()
        self.rungs_climbed: set[tuple[str, int]] = set()
        self._calendar = calendar
        self._now: datetime | None = None
        self._sealed: dict[str, Wire] = {}

    @property
    def scope(self) -> Scope:
        """The case as it is now."""
        return Scope(self.program, self.state, self._context())

    @property
    def chapters(self) -> list[tuple[Scope, list[Told]]]:
        """Every case that was played, the first one first, with what happened in it."""
        return self.chapters_in(None)

    def chapters_in(self, language: str | None) -> list[tuple[Scope, list[Told]]]:
        """The same, with people called as a reader of the language calls them."""
        played = [*self.past, (self.state, self.events)]
        return [
            (Scope(self.program, state, self._context(language)), told) for state, told in played
        ]

    def task(self, id_: str) -> Task:
        """The task of an id, in whichever case."""
        states = (self.state, *(state for state, _ in self.past))
        return next(state.tasks[id_] for state in states if id_ in state.tasks)

    def people(self, who: Who) -> tuple[str, ...]:
        """Those who are meant: of a role, or one by name."""
        if who.name is not None:
            return (self.cast.person_called(who.name),)
        return self.scope.roles.people(who.role or "")

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
        while True:
            due = min((self.state.next_timer or goal, *self._midnight()))
            if due >= goal:
                break
            self._arrive(due)
        self._arrive(goal)

    def _arrive(self, at: datetime) -> None:
        self._now = max(at, self._now or at)
        if self.started:
            due = [
                (owner, one)
                for owner, one in self.state.standing
                if one.kind == "rung" and one.at <= self.now
            ]
            self.play(Tick(BATCH), CLOCK)
            for owner, timer in due:
                self._climb(owner, timer)
        self.look_out()

    def _climb(self, owner: str, timer: TimerSet) -> None:
        """Remember the rung of a time limit that has come."""
        task = self.state.tasks[owner]
        sla = self.program.sla_of(task.ref)
        if sla is not None and timer.rung is not None:
            self.rungs_climbed.add((sla.id, timer.rung))

    def _midnight(self) -> Iterator[datetime]:
        """When rules that watch feeds and count days are looked at again, if there are any."""
        if (
            self._now is not None
            and self.feeds
            and any(rule.watch and uses_of(rule.when).today for rule in self.program.rulebook.rules)
        ):
            zone = self.program.zone
            tomorrow = self._now.astimezone(zone).date() + timedelta(days=1)
            yield datetime.combine(tomorrow, time(), zone).astimezone(UTC)

    def look_out(self) -> None:
        """Raise and clear the early warnings of rules that watch a feed."""
        standing = [one for one, stands in self.warnings.items() if stands]
        lookout = Lookout(self.program, self._context(), standing, len(self.warnings))
        for rule in self.program.rulebook.rules:
            if rule.watch is None:
                continue
            for found in lookout.look(rule, rule.watch, self.rows(rule.watch.feed)):
                raised = isinstance(found.event, WarningRaised)
                self.warnings[rule.id, found.event.key] = raised
                self.notices += [one for one in found.does if isinstance(one, NoticeQueued)]

    def rows(self, feed: str) -> list[dict[str, Wire]]:
        """What another system has reported so far."""
        return list(self.feeds.get(feed, {}).values())

    def begin_again(self, command: Reopen, actor: Actor) -> None:
        """Take the ended case up again: what follows happens in the new one."""
        old = self.state
        new = f"S{len(self.past) + 2}"
        if self.play(replace(command, case=new), actor) is not None:
            return
        self.past.append((old, self.events))
        self.state, self.events = CaseState(id=new), []
        again = Open(old.process, old.subject, old.facts, dict(old.sealed), old.id, command.reason)
        self.play(again, actor)

    def seal(self, wire: Wire) -> Sealed:
        """Keep a private value for the length of the scenario."""
        sealed = Sealed(f"{len(self._sealed)}")
        self._sealed[sealed.commitment] = wire
        return sealed

    def play(self, command: Command, actor: Actor) -> Refusal | None:
        """One command; a refusal is remembered and returned."""
        actor = in_whose_name(self.program, self.state, command, actor)
        request = Request(f"{len(self.events)}", self.state.id or "S", actor, self.now, command)
        answer = decide(Run(self.program, self.state, request, self._context()))
        if isinstance(answer, Refusal):
            self.refused = answer
            return answer
        self.notices += [event for event in answer if isinstance(event, NoticeQueued)]
        self.events += [(self.now, actor.person, event) for event in answer]
        if any(isinstance(event, CaseOpened | FactChanged) for event in answer):
            self._meet_rows()
        return None

    def _meet_rows(self) -> None:
        """Remember which rows of decision tables the facts meet."""
        for table in self.program.rulebook.tables:
            rows = self.scope.rows_for(table.id) or ()
            self.rows_met.update((table.id, row) for row in rows)

    @property
    def now(self) -> datetime:
        """The virtual instant; before anything has been said, the beginning of the year 2000."""
        return self._now or datetime(2000, 1, 1, tzinfo=UTC)

    def _context(self, language: str | None = None) -> Context:
        return Context(
            now=self.now,
            directory=self.cast.directory(language),
            calendar=self._calendar,
            unseal=self._unseal,
            feed=self._held,
        )

    def _held(self, feed: str, person: str) -> list[Wire]:
        """The rows that a person holds; every row if the record has no holder."""
        holder = self.program.records[self.program.feeds[feed].record].held_by
        return [row for row in self.rows(feed) if holder is None or row.get(holder) == person]

    def _unseal(self, sealed: Sealed) -> Wire:
        return self._sealed[sealed.commitment]
