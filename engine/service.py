"""The only wiring: a workspace's store, its world, and the pure core.

Every command runs like this: the timers due by then are settled; the case is read; the core decides;
events and rows are appended if nobody was faster, else it is all read and decided again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from engine.bookkeeping import act_of
from engine.cases import Cases
from engine.chronicle import CaseNumbered
from engine.clock import new_id
from engine.commands import CLOCKWORK, Actor, Command, Open, Reassess, Reopen, Tick
from engine.events import AttemptRefused, Event
from engine.identity import refuse_ungranted
from engine.program import Program
from engine.projection import attempt_row, project
from engine.rejection import Refusal
from engine.repeats import Asked, asked, case_of, events_under, recorded
from engine.run import Run
from engine.scene import Decided, Scene, decided
from engine.scope import Scope
from engine.sealing import WITH_FACTS, Sealing, without_private
from engine.state import CaseState
from engine.store.failure import TRIES, BusyError
from engine.store.port import (
    Act,
    Committed,
    Conflict,
    RowChange,
    Store,
    StoredEvent,
    Transaction,
)
from engine.watching import Watching
from engine.workspace import Settings, settings_of
from engine.world import World

TICK_BATCH = 100
ATTEMPTS = "attempts"
"""The stream of what was tried beyond one's authority; below a case's own stream for that case."""
C = TypeVar("C", bound=Command)


class Done(Struct, frozen=True, gc=False):
    """A command was carried out: its case, its events (none if the id had been used before)."""

    case: str
    events: tuple[Event, ...]
    repeated: bool = False


A = TypeVar("A", bound=Done | Refusal)


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
        self.sealing = Sealing(self.world)
        self._clockwork = Actor(CLOCKWORK, "clock", host)
        self.watching = Watching(store, self.world, self.cases, self._clockwork)

    @property
    def administrators(self) -> tuple[str, ...]:
        """The accounts that administer the workspace now."""
        return (settings_of(self.store) or self.settings).administrators

    def execute(
        self, case: str, command: Command, actor: Actor, command_id: str | None = None
    ) -> Done | Refusal:
        """Carry out a command on a case that is there; R100 if there is none."""
        with self.store.still():
            wanted = self._asked(case, command, actor, command_id)
            before = self._answer_at_once(wanted, actor, case)
            if before is not None:
                return self._refused(case, command, actor, before)
            scene = self._settled(case)
            if scene is None:
                return _no_case(case)
            if isinstance(command, Reopen):
                return self._retry(lambda: self._reopen(case, command, actor, wanted))
            sealed = self._sealed(
                scene.program, command, lambda trial: self.preview(case, trial, actor)
            )
            if isinstance(sealed, Refusal):
                return self._refused(case, command, actor, sealed)
            return self._carry_out(scene, sealed, actor, wanted)

    def preview(self, case: str, command: Command, actor: Actor) -> Done | Refusal:
        """What a command would do now; nothing is written."""
        ungranted = self._refuse_ungranted(actor)
        if ungranted is not None:
            return ungranted
        state = self.cases.fresh(case)
        if state is None:
            return _no_case(case)
        scene = self._scene(state)
        sealed = self.sealing.sealed(scene.program, command, dry_run=True)
        before = self._foresee_timers(scene)
        if isinstance(command, Reopen):
            return self._retry(lambda: self._reopen(case, command, actor, None))
        _, answer = decided(scene, sealed, actor, "preview")
        return answer if isinstance(answer, Refusal) else Done(case, (*before, *answer))

    def refusal(self, case: str, command: Command, actor: Actor) -> Refusal | None:
        """Why a command would be refused now; an attempt beyond one's authority is recorded."""
        answer = self.preview(case, command, actor)
        if not isinstance(answer, Refusal):
            return None
        return self._refused(case, command, actor, answer)

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
        with self.store.still():
            public = without_private(program, command)
            wanted = asked(command_id, program.rulebook.id, actor, public)
            before = self._answer_at_once(wanted, actor)
            if before is not None:
                return self._refused("", command, actor, before)
            sealed = self._sealed(
                program, command, lambda trial: self.preview_open(program, trial, actor)
            )
            if isinstance(sealed, Refusal):
                return self._refused("", command, actor, sealed)
            return self._retry(lambda: self._attempt_open(program, sealed, actor, wanted))

    def preview_open(self, program: Program, command: Open, actor: Actor) -> Done | Refusal:
        """What opening a case would do now; nothing is written."""
        ungranted = self._refuse_ungranted(actor)
        if ungranted is not None:
            return ungranted
        case, _ = self._next_number()
        sealed = self.sealing.sealed(program, command, dry_run=True)
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
        return None if state is None else Scope(*self._scene(state))

    def reassess(self, case: str) -> None:
        """Let a case follow a directory that has changed; nothing is written if nothing follows."""
        scene = self._settled(case)
        if scene is not None and self.preview(case, Reassess(), self._clockwork) != Done(case, ()):
            self._carry_out(scene, Reassess(), self._clockwork, Asked(new_id()))

    def record_attempt(
        self, act: str, actor: Actor, refusal: Refusal, case: str = "", task: str | None = None
    ) -> None:
        """An attempt beyond one's authority is kept, in a stream that moves no case's version."""
        event = AttemptRefused(actor.person, act, refusal.code, refusal.values, task)
        kept = self._act(f"{case}/{ATTEMPTS}" if case else ATTEMPTS, (event,), actor)
        row = attempt_row(event, kept, case)
        id_ = new_id()
        self.store.append(Transaction(id_, {}, (kept,), (RowChange("attempts", id_, row),)))

    def _answer_at_once(self, wanted: Asked, actor: Actor, case: str = "") -> Done | Refusal | None:
        """What is answered without a look at the case: an act of before, a clock or a grant that is wrong."""
        known = self._answer_to(wanted, case) or self.world.refuse_clock()
        return known or self._refuse_ungranted(actor)

    def _refuse_ungranted(self, actor: Actor) -> Refusal | None:
        """A grant may have ended since whoever acts for somebody came in; most act for nobody else."""
        if actor.on_behalf_of is None:
            return None
        return refuse_ungranted(actor, self.world.directory(), self.world.today)

    def _sealed(
        self, program: Program, command: C, preview: Callable[[C], Done | Refusal]
    ) -> C | Refusal:
        """The command with its private values kept; of a refused one nothing stays behind."""
        if not isinstance(command, WITH_FACTS):
            return command
        trial = self.sealing.sealed(program, command, dry_run=True)
        if trial == command:
            return command
        answer = preview(trial)
        return answer if isinstance(answer, Refusal) else self.sealing.sealed(program, command)

    def _foresee_timers(self, scene: Scene) -> tuple[Event, ...]:
        """Fire in a state of its own what would be settled before a command."""
        found: list[Event] = []
        while scene.is_due:
            _, answer = decided(scene, Tick(TICK_BATCH), self._clockwork, "preview")
            assert not isinstance(answer, Refusal)
            found += answer
        return tuple(found)

    def _carry_out(
        self, scene: Scene, command: Command, actor: Actor, wanted: Asked
    ) -> Done | Refusal:
        """Decide and append; if another writer was first, on the state that is there by then."""
        case = scene.state.id
        for _ in range(TRIES):
            answer = self._attempt(scene, command, actor, wanted)
            if not isinstance(answer, Conflict):
                return answer
            state = self.cases.load(case)
            if state is None:
                return _no_case(case)
            scene = self._scene(state)
        raise BusyError(str(TRIES))

    def _attempt(
        self, scene: Scene, command: Command, actor: Actor, wanted: Asked
    ) -> Done | Refusal | Conflict:
        state = scene.state
        case, version = state.id, state.version
        committed = False
        try:
            run, answer = decided(scene, command, actor, wanted.id)
            if isinstance(answer, Refusal):
                return self._refused(case, command, run.request.actor, answer)
            begun = Transaction(wanted.id, {case: version}, (), digest=wanted.digest)
            done = self._commit(run, answer, begun)
            committed = isinstance(done, Done) and not done.repeated
            return done
        finally:
            # A state that has run ahead of the store must not stay behind.
            if state.version != version and not committed:
                self.cases.drop(case)

    def _attempt_open(
        self, program: Program, command: Open, actor: Actor, wanted: Asked
    ) -> Done | Refusal | Conflict:
        case, numbers = self._next_number()
        run, answer = self._decide_open(program, case, command, actor, wanted.id)
        if isinstance(answer, Refusal):
            return self._refused("", command, actor, answer)
        taken = self._act(numbers, (CaseNumbered(case),), actor, run.state)
        expected = {case: 0, numbers: int(case.rpartition("-")[2]) - 1}
        begun = Transaction(wanted.id, expected, (taken,), digest=wanted.digest)
        done = self._commit(run, answer, begun)
        if isinstance(done, Done) and not done.repeated:
            self.cases.keep(case, run.state)
        return done

    def _reopen(
        self, case: str, command: Reopen, actor: Actor, wanted: Asked | None
    ) -> Done | Refusal | Conflict:
        """The ended case and the new one name each other; only foreseen if nothing is wanted."""
        state = self.cases.fresh(case)
        if state is None:
            return _no_case(case)
        scene = self._scene(state)
        new, numbers = self._next_number()
        expected = {case: state.version, new: 0, numbers: int(new.rpartition("-")[2]) - 1}
        again = Open(
            state.process, state.subject, state.facts, dict(state.sealed), case, command.reason
        )
        name = "preview" if wanted is None else wanted.id
        old, ended = decided(scene, replace(command, case=new), actor, name)
        if isinstance(ended, Refusal):
            return ended if wanted is None else self._refused(case, command, actor, ended)
        run, opened = self._decide_open(scene.program, new, again, actor, name)
        if isinstance(opened, Refusal) or wanted is None:
            return opened if isinstance(opened, Refusal) else Done(new, opened)
        taken = self._act(numbers, (CaseNumbered(new),), actor, run.state)
        acts = (taken, self._act(case, ended, actor, state))
        rows = project(old, ended)
        begun = Transaction(wanted.id, expected, acts, rows, wanted.digest)
        return self._commit(run, opened, begun)

    def _decide_open(
        self, program: Program, case: str, command: Open, actor: Actor, request_id: str
    ) -> Decided:
        state = CaseState(id=case, artefact=program.artefact, process=command.process)
        return decided(
            Scene(program, state, self.world.context(program)), command, actor, request_id
        )

    def _commit(
        self, run: Run, events: tuple[Event, ...], begun: Transaction
    ) -> Done | Refusal | Conflict:
        """Append the events behind what the transaction holds already."""
        case, actor = run.state.id, run.request.actor
        acts = (*begun.acts, self._act(case, events, actor, run.state)) if events else begun.acts
        rows = (*begun.rows, *project(run, events))
        answer = self.store.append(replace(begun, acts=acts, rows=rows))
        if isinstance(answer, Conflict):
            return answer
        if answer.repeated:
            before = self._answer_to(Asked(begun.command_id, begun.digest), case)
            return before or self._done(answer, case)
        return Done(case, events)

    def _settled(self, case: str) -> Scene | None:
        """A case in which nothing is due any more: that fires first, in bounded batches."""
        state = self.cases.load(case)
        while state is not None:
            scene = self._scene(state)
            if not scene.is_due:
                return scene
            self._carry_out(scene, Tick(TICK_BATCH), self._clockwork, Asked(new_id()))
            state = self.cases.load(case)
        return None

    def _refused(self, case: str, command: Command, actor: Actor, answer: A) -> A:
        """The answer; a refusal of an attempt beyond one's authority is recorded."""
        if isinstance(answer, Refusal) and answer.kind == "authority":
            task = getattr(command, "task", None)
            self.record_attempt(type(command).__name__, actor, answer, case, task)
        return answer

    def _act(
        self, stream: str, events: tuple[Struct, ...], actor: Actor, state: CaseState | None = None
    ) -> Act:
        at = (state and state.last_at) or self.world.clock.now()
        return act_of(stream, events, actor, at, state.artefact if state else None)

    def _next_number(self) -> tuple[str, str]:
        """The next case id of the workspace's year, and the stream whose version is the last one."""
        year = self.world.clock.now().astimezone(ZoneInfo(self.settings.timezone)).year
        return self.cases.next_number(year)

    def _scene(self, state: CaseState) -> Scene:
        program = self.cases.program(state.artefact, state.process)
        return Scene(program, state, self.world.context(program, state.last_at))

    def _done(self, committed: Committed, case: str) -> Done:
        return _repeated(events_under(self.store, committed), case)

    def _asked(self, case: str, command: Command, actor: Actor, command_id: str | None) -> Asked:
        """The act with the digest of what anybody may know of it."""
        state = None if command_id is None else self.cases.load(case)
        if state is not None:
            program = self.cases.program(state.artefact, state.process)
            command = without_private(program, command)
        return asked(command_id, case, actor, command)

    def _answer_to(self, wanted: Asked, case: str = "") -> Done | Refusal | None:
        """The answer if it has been carried out, R147 if its id stands for another act."""
        events = recorded(self.store, wanted)
        return _repeated(events, case) if isinstance(events, tuple) else events

    def _retry(self, attempt: Callable[[], Done | Refusal | Conflict]) -> Done | Refusal:
        for _ in range(TRIES):
            answer = attempt()
            if not isinstance(answer, Conflict):
                return answer
        raise BusyError(str(TRIES))


def _repeated(events: tuple[StoredEvent, ...], case: str) -> Done:
    return Done(case_of(events, case), (), repeated=True)


def _no_case(case: str) -> Refusal:
    return Refusal("R100", "invalid", {"case": case})
