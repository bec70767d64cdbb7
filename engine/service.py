"""The only wiring: a workspace's store, its world, and the pure core.

Every command runs like this: the timers due by then are settled; the case is read; the core decides;
events and rows are appended if nobody was faster, else it is all read and decided again.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from dsl.expressions.tree import Wire
from engine.cases import Cases
from engine.chronicle import CaseNumbered
from engine.clock import SystemClock, new_id
from engine.commands import (
    CLOCKWORK,
    Actor,
    ChangeFact,
    Command,
    Open,
    Reassess,
    Request,
    Resubmit,
    Tick,
)
from engine.decide import decide
from engine.events import AttemptRefused, Event
from engine.program import Program
from engine.projection import project
from engine.rejection import Refusal
from engine.scope import Scope
from engine.state import CaseState
from engine.store.failure import TRIES, BusyError
from engine.store.port import Act, Committed, Conflict, Happening, Sealed, Store, Transaction
from engine.waiting import in_whose_name
from engine.watching import Watching
from engine.workspace import Settings, settings_of
from engine.world import World

TICK_BATCH = 100
WITH_FACTS = (Open, Resubmit, ChangeFact)
"""The commands that may carry private values."""
C = TypeVar("C", bound=Command)


Decided = tuple[Scope, tuple[Event, ...] | Refusal]
"""What was decided, and the case in the world in which it was."""


class Done(Struct, frozen=True):
    """A command was carried out: its case, its events (none if the id had been used before)."""

    case: str
    events: tuple[Event, ...]
    repeated: bool = False


class Service:
    """Acts on the cases of one workspace.

    Args:
        store: the workspace's store.
        settings: how the workspace is used.
        host: the machine that acts are recorded to come from.
    """

    def __init__(self, store: Store, settings: Settings, host: str) -> None:
        self.store = store
        self.settings = settings
        self.host = host
        self.world = World(store, settings)
        self.cases = Cases(store)
        self._clockwork = Actor(CLOCKWORK, "clock", host)
        self.watching = Watching(store, self.world, self.cases, host)

    @property
    def administrators(self) -> tuple[str, ...]:
        """The accounts that administer the workspace now."""
        return (settings_of(self.store) or self.settings).administrators

    def execute(
        self, case: str, command: Command, actor: Actor, command_id: str | None = None
    ) -> Done | Refusal:
        """Carry out a command on a case that is there; R100 if there is none."""
        before = None if command_id is None else self.answered(command_id, case)
        if before is not None:
            return before
        state = self._settled(case)
        if state is None:
            return _no_case(case)
        sealed = self._sealed(
            self.cases.program(state.artefact, state.process),
            command,
            lambda trial: self.preview(case, trial, actor),
        )
        if isinstance(sealed, Refusal):
            self._record_refusal(f"{case}/attempts", command, actor, sealed)
            return sealed
        request_id = command_id or new_id()
        return self._carry_out(state, sealed, actor, request_id)

    def preview(self, case: str, command: Command, actor: Actor) -> Done | Refusal:
        """What a command would do now; nothing is written."""
        state = self.cases.fresh(case)
        if state is None:
            return _no_case(case)
        program = self.cases.program(state.artefact, state.process)
        sealed = self._with_seals(program, command, dry_run=True)
        before = self._foresee_timers(state)
        actor = in_whose_name(program, state, sealed, actor)
        _, answer = self._decide(state, sealed, actor, "preview")
        return answer if isinstance(answer, Refusal) else Done(case, (*before, *answer))

    def refusal(self, case: str, command: Command, actor: Actor) -> Refusal | None:
        """Why a command would be refused now; an attempt beyond one's authority is recorded."""
        answer = self.preview(case, command, actor)
        if not isinstance(answer, Refusal):
            return None
        self._record_refusal(f"{case}/attempts", command, actor, answer)
        return answer

    def answered(self, command_id: str, case: str = "") -> Done | None:
        """The answer to a command id that was used before; None if it is new.

        `case` is the case that is asked for now, for a first command that had no effect to tell.
        """
        committed = self.store.committed(command_id)
        return None if committed is None else self._done(committed, case)

    def open(
        self, program: Program, command: Open, actor: Actor, command_id: str | None = None
    ) -> Done | Refusal:
        """Open a case under the next number of the year."""
        before = None if command_id is None else self.answered(command_id)
        if before is not None:
            return before
        sealed = self._sealed(
            program, command, lambda trial: self.preview_open(program, trial, actor)
        )
        if isinstance(sealed, Refusal):
            self._record_refusal("attempts", command, actor, sealed)
            return sealed
        request_id = command_id or new_id()
        return self._retry(lambda: self._attempt_open(program, sealed, actor, request_id))

    def preview_open(self, program: Program, command: Open, actor: Actor) -> Done | Refusal:
        """What opening a case would do now; nothing is written."""
        case, _ = self._next_number()
        sealed = self._with_seals(program, command, dry_run=True)
        _, answer = self._decide_open(program, case, sealed, actor, "preview")
        return answer if isinstance(answer, Refusal) else Done(case, answer)

    def advance(self, progress: Callable[[int], None] | None = None) -> int:
        """Fire every timer that is due, case by case; gives how many cases were touched."""
        touched: set[str] = set()
        while True:
            due = self.store.due_timers(self.world.clock.now(), TICK_BATCH)
            if not due:
                return len(touched)
            for rulebook in [row["watch"] for row in due if "watch" in row]:
                self.watching.keep(rulebook)
            cases = dict.fromkeys(row["case"] for row in due if "case" in row)
            for case in cases:
                self._settled(case)
                touched.add(case)
                if progress is not None:
                    progress(len(touched))

    def scope(self, case: str) -> Scope | None:
        """A case at this instant, read-only; None if there is no such case."""
        state = self.cases.load(case)
        return None if state is None else self._scope(state)

    def reassess(self, case: str) -> None:
        """Let a case follow a directory that has changed; nothing is written if nothing follows."""
        state = self._settled(case)
        if state is not None and self.preview(case, Reassess(), self._clockwork) != Done(case, ()):
            self._carry_out(state, Reassess(), self._clockwork, new_id())

    def split_private(
        self, program: Program, facts: dict[str, Wire], *, dry_run: bool = False
    ) -> tuple[dict[str, Wire], dict[str, Sealed]]:
        """Facts in wire form, the private ones sealed."""
        seal = self.world.pretend_to_seal if dry_run else self.world.seal
        plain: dict[str, Wire] = {}
        sealed: dict[str, Sealed] = {}
        for fact, wire in facts.items():
            declared = program.facts.get(fact)
            if declared is not None and declared.private_to and wire is not None:
                sealed[fact] = seal(wire)
            else:
                plain[fact] = wire
        return plain, sealed

    def _sealed(
        self, program: Program, command: C, preview: Callable[[C], Done | Refusal]
    ) -> C | Refusal:
        """The command with its private values kept; of a refused one nothing stays behind."""
        if not isinstance(command, WITH_FACTS):
            return command
        trial = self._with_seals(program, command, dry_run=True)
        if trial == command:
            return command
        answer = preview(trial)
        return answer if isinstance(answer, Refusal) else self._with_seals(program, command)

    def _with_seals(self, program: Program, command: C, *, dry_run: bool = False) -> C:
        """The command with every private value in it sealed, whoever has put it together."""
        match command:
            case Open() | Resubmit():
                given = command.facts
                if isinstance(command, Open):
                    given = {**self._private_at_opening(program, command), **given}
                plain, sealed = self.split_private(program, given, dry_run=dry_run)
                return replace(command, facts=plain, sealed={**sealed, **command.sealed})
            case ChangeFact(fact=fact, value=value) if value is not None:
                plain, sealed = self.split_private(program, {fact: value}, dry_run=dry_run)
                return replace(command, value=plain.get(fact), sealed=sealed.get(fact))
            case _:
                return command

    def _private_at_opening(self, program: Program, command: Open) -> dict[str, Wire]:
        """What feeds and defaults give private facts that nobody has stated."""
        context = self.world.context(program)
        stated = {*command.facts, *command.sealed}
        lacking = [one for one in program.rulebook.facts if one.private_to and one.id not in stated]
        return {
            fact.id: list(context.feed(fact.feed, command.subject)) if fact.feed else fact.default
            for fact in lacking
        }

    def _foresee_timers(self, state: CaseState) -> tuple[Event, ...]:
        """Fire in a state of its own what would be settled before a command."""
        found: list[Event] = []
        while self._is_due(state):
            _, answer = self._decide(state, Tick(TICK_BATCH), self._clockwork, "preview")
            assert not isinstance(answer, Refusal)
            found += answer
        return tuple(found)

    def _is_due(self, state: CaseState) -> bool:
        first = state.first_timer()
        return first is not None and first.at <= self.world.clock.now()

    def _carry_out(
        self, state: CaseState, command: Command, actor: Actor, request_id: str
    ) -> Done | Refusal:
        """Decide and append; if another writer was first, on the state that is there by then."""
        current: CaseState | None = state
        for _ in range(TRIES):
            if current is None:
                return _no_case(state.id)
            answer = self._attempt(current, command, actor, request_id)
            if not isinstance(answer, Conflict):
                return answer
            current = self.cases.load(state.id)
        raise BusyError(str(TRIES))

    def _attempt(
        self, state: CaseState, command: Command, actor: Actor, request_id: str
    ) -> Done | Refusal | Conflict:
        case, version = state.id, state.version
        committed = False
        program = self.cases.program(state.artefact, state.process)
        actor = in_whose_name(program, state, command, actor)
        try:
            scope, answer = self._decide(state, command, actor, request_id)
            if isinstance(answer, Refusal):
                self._record_refusal(f"{case}/attempts", command, actor, answer)
                return answer
            done = self._commit(scope, answer, actor, Transaction(request_id, {case: version}, ()))
            committed = isinstance(done, Done) and not done.repeated
            return done
        finally:
            # A state that has run ahead of the store must not stay behind.
            if state.version != version and not committed:
                self.cases.drop(case)

    def _attempt_open(
        self, program: Program, command: Open, actor: Actor, request_id: str
    ) -> Done | Refusal | Conflict:
        case, numbers = self._next_number()
        scope, answer = self._decide_open(program, case, command, actor, request_id)
        if isinstance(answer, Refusal):
            self._record_refusal("attempts", command, actor, answer)
            return answer
        taken = self._act(numbers, (CaseNumbered(case),), actor, scope.state)
        expected = {case: 0, numbers: int(case.rpartition("-")[2]) - 1}
        done = self._commit(scope, answer, actor, Transaction(request_id, expected, (taken,)))
        if isinstance(done, Done) and not done.repeated:
            self.cases.keep(case, scope.state)
        return done

    def _decide(self, state: CaseState, command: Command, actor: Actor, request_id: str) -> Decided:
        scope = self._scope(state)
        request = Request(request_id, state.id, actor, scope.now, command)
        return scope, decide(scope.program, state, request, scope.context)

    def _decide_open(
        self, program: Program, case: str, command: Open, actor: Actor, request_id: str
    ) -> Decided:
        state = CaseState(id=case, artefact=program.artefact, process=command.process)
        return self._decide(state, command, actor, request_id)

    def _commit(
        self,
        scope: Scope,
        events: tuple[Event, ...],
        actor: Actor,
        begun: Transaction,
    ) -> Done | Conflict:
        """Append the events behind what the transaction holds already."""
        case = scope.state.id
        acts = (*begun.acts, self._act(case, events, actor, scope.state)) if events else begun.acts
        rows = project(scope, events)
        answer = self.store.append(Transaction(begun.command_id, begun.expected, acts, rows))
        if isinstance(answer, Conflict):
            return answer
        if answer.repeated:
            return self._done(answer, case)
        return Done(case, events)

    def _settled(self, case: str) -> CaseState | None:
        """A case in which nothing is due any more: that fires first, in bounded batches."""
        tick = Tick(TICK_BATCH)
        state = self.cases.load(case)
        while state is not None and self._is_due(state):
            self._carry_out(state, tick, self._clockwork, new_id())
            state = self.cases.load(case)
        return state

    def _record_refusal(
        self, stream: str, command: Command, actor: Actor, refusal: Refusal
    ) -> None:
        """An attempt beyond one's authority is kept, in a stream that moves no case's version."""
        if refusal.kind != "authority":
            return
        task = getattr(command, "task", None)
        event = AttemptRefused(
            actor.person, type(command).__name__, refusal.code, refusal.values, task
        )
        self.store.append(Transaction(new_id(), {}, (self._act(stream, (event,), actor),)))

    def _act(
        self,
        stream: str,
        events: tuple[Struct, ...],
        actor: Actor,
        state: CaseState | None = None,
    ) -> Act:
        last = state.last_at if state else None
        return Act(
            stream=stream,
            occurred_at=last or self.world.clock.now(),
            recorded_at=SystemClock().now(),
            actor=actor.person,
            authenticated=actor.authenticated,
            host=actor.host,
            events=tuple([Happening(type(one).__name__, 1, one) for one in events]),
            on_behalf_of=actor.on_behalf_of,
            artefact=state.artefact if state else None,
        )

    def _next_number(self) -> tuple[str, str]:
        """The next case id of the workspace's year, and the stream whose version is the last one."""
        year = self.world.clock.now().astimezone(ZoneInfo(self.settings.timezone)).year
        numbers = f"cases/{year}"
        return f"{year}-{self.store.version(numbers) + 1:04}", numbers

    def _scope(self, state: CaseState) -> Scope:
        program = self.cases.program(state.artefact, state.process)
        return Scope(program, state, self.world.context(program, state.last_at))

    def _done(self, committed: Committed, case: str) -> Done:
        events = self.store.changes(after=committed.first_position - 1)
        count = committed.last_position - committed.first_position + 1
        streams = (one.stream for one in islice(events, count) if one.type != CaseNumbered.__name__)
        return Done(next(streams, case), (), repeated=True)

    def _retry(self, attempt: Callable[[], Done | Refusal | Conflict]) -> Done | Refusal:
        for _ in range(TRIES):
            answer = attempt()
            if not isinstance(answer, Conflict):
                return answer
        raise BusyError(str(TRIES))


def _no_case(case: str) -> Refusal:
    return Refusal("R100", "invalid", {"case": case})
