"""A person's desk in a workspace: what they see of its cases, and how they act.

Screens know this class by what it answers; they never see a store. Everything it gives is frozen and
in the language that is asked for. It is used by one thread at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl.catalogue import Language
from engine.administration import Administration, current_release, releases
from engine.artefact import Artefact, Release
from engine.case_input import InputProblem
from engine.commands import Actor, Command, CommandName
from engine.desk.board import BoardPage, BoardQuery, page
from engine.desk.enclosing import enclosed, inspected, kept, named
from engine.desk.fields import Answers, FormView, Ground
from engine.desk.forms import command_of, form_view, taken_back_with
from engine.desk.holding import holdings
from engine.desk.judging import wrong_in_act, wrong_in_opening
from engine.desk.kept import KeptViews, Views
from engine.desk.listing import LIVE, EndedCases, board_rows
from engine.desk.measured import HeatMap, StageTime, heat_map, measured, stage_times
from engine.desk.notices import Warned, notices, warnings
from engine.desk.opening import opening_command, opening_form
from engine.desk.outcome import Outcome, done_outcome, foreseen, problem_outcome, words_of
from engine.desk.pictures import Drawing, Pictures
from engine.desk.standing_in import StandIn, stand_ins
from engine.graph.view import View
from engine.identity import refuse_ungranted
from engine.people.instants import Instants
from engine.program import Program
from engine.rejection import Refusal
from engine.scope import Scope
from engine.service import Done, Service
from engine.state import CaseState
from engine.store.port import Damage
from engine.views.access import may_see
from engine.views.board import BoardRow
from engine.views.cases import CaseView, case_view
from engine.views.gantt import Gantt, gantt
from engine.views.moved import Deadlines, deadlines
from engine.views.notices import NoticeView
from engine.views.reader import Reader
from engine.views.refusals import RefusalView, refusal_view
from engine.views.responsible import Answer, HandOverRecord, hand_overs
from engine.views.tasks import TaskView, task_view
from engine.views.timeline import Entry, timeline


class InboxRow(Struct, frozen=True):
    """One task that waits for the person, with whom its case is about."""

    subject: str
    task: TaskView


class RulebookChoice(Struct, frozen=True):
    """A process that a case can be opened for."""

    rulebook: str
    process: str
    title: str


class Desk:
    """See the module's docstring.

    Args:
        service: the workspace's service.
        actor: who sits at the desk.
        administration: what they do as an administrator; None at a desk of which nothing is published.
    """

    def __init__(
        self, service: Service, actor: Actor, administration: Administration | None = None
    ) -> None:
        self._service = service
        self._actor = actor
        self._administration = administration
        self._kept = KeptViews(f"{service.settings.id}/{actor.authority}")
        self._pictures = Pictures()
        self._rows: dict[Language, tuple[tuple[int, str], tuple[BoardRow, ...]]] = {}

    @property
    def viewer(self) -> str:
        """The person whose rights count; nobody once a grant to act for them has ended."""
        world = self._service.world
        ended = refuse_ungranted(self._actor, world.directory(), world.today)
        return self._actor.authority if ended is None else ""

    @property
    def instants(self) -> Instants:
        """How instants are told: in the person's own zone, else in the workspace's."""
        world = self._service.world
        own = ZoneInfo(self._service.settings.timezone)
        return world.directory().instants(self.viewer, own)

    def person_name(self, person: str) -> str:
        """A person's name, or the id where there is none."""
        found = self._service.world.directory().person(person)
        return found.name if found else person

    def people(self) -> tuple[tuple[str, str], ...]:
        """Everybody, by id, described so that two of one name can be told apart."""
        return tuple(
            (one.id, " ".join(part for part in (one.name, one.post, one.department) if part))
            for one in self._service.world.directory().persons.values()
        )

    def stand_ins(self) -> tuple[StandIn, ...]:
        """Who stands in for whom, and who may act for whom; nothing for whoever is nobody here."""
        world = self._service.world
        return stand_ins(world.directory(), world.today) if self.viewer else ()

    def position(self) -> int:
        """How far the ledger has come; another number means that something has happened."""
        return self._service.store.position()

    def now(self) -> datetime:
        """The workspace's clock."""
        return self._service.world.clock.now()

    def board(
        self,
        query: BoardQuery,
        language: Language,
        offset: int,
        limit: int,
        *,
        counted: bool = True,
    ) -> BoardPage | RefusalView:
        """One page of the cases that the person may see; `counted` also counts those that have ended."""
        ended = EndedCases(self._service, self.viewer, language, counted=counted)
        found = page(self._live_rows(language), ended, query, self.now(), offset, limit)
        return refusal_view(found, language) if isinstance(found, Refusal) else found

    def views(self) -> Views:
        """The person's own views of the board, by name."""
        return self._kept.all()

    def keep_view(self, name: str, query: BoardQuery | None) -> OSError | None:
        """Keep a view of the board, or by None forget it."""
        return self._kept.keep(name, query)

    def case(self, case: str, language: Language) -> CaseView | None:
        """One case; None if there is none that the person may see."""
        reader = self._reader(case, language)
        return None if reader is None else case_view(reader, self.viewer)

    def timeline(self, case: str, language: Language) -> tuple[Entry, ...]:
        """What has happened in a case, in sentences; refused attempts too."""
        reader = self._reader(case, language)
        if reader is None:
            return ()
        read = self._service.store.read
        return tuple(timeline(reader, [*read(case), *read(f"{case}/attempts")]))

    def drawing(self, case: str, view: View) -> Drawing | None:
        """The case's process as a picture that fits, and as an outline."""
        scope = self._seen(case)
        return None if scope is None else self._pictures.of(scope, view)

    def gantt(self, case: str, language: Language) -> Gantt | None:
        """The case in time: what was planned against what has been."""
        reader = self._reader(case, language)
        return None if reader is None else gantt(reader, self.viewer)

    def notices(self, language: Language) -> tuple[NoticeView, ...]:
        """Who has been told what, and who was not told; the latest first."""
        return tuple(notices(self._service, self.viewer, language))

    def warnings(self) -> tuple[Warned, ...]:
        """The early warnings that stand."""
        office = self._administration
        administers = office is not None and office.is_administrator
        return tuple(warnings(self._service, self.viewer, administers=administers))

    def holdings(self, language: Language, what: str | None = None) -> tuple[Answer, ...]:
        """Who is responsible for what today; named things are looked for in ended cases too."""
        today = self._service.world.today
        return tuple(holdings(self._service, self.viewer, language, today, what))

    def hand_overs(self, case: str, language: Language) -> tuple[HandOverRecord, ...]:
        """Who gives and who takes over what in a case; empty if it is not to be seen."""
        reader = self._reader(case, language)
        stored = self._service.store.read(case)
        return () if reader is None else tuple(hand_overs(reader, None, stored))

    def lateness(self, language: Language) -> HeatMap:
        """How late items are, by item and post."""
        return heat_map(measured(self._service, self.viewer, language))

    def durations(self, language: Language) -> tuple[StageTime, ...]:
        """How long stages take, and what stands in them now."""
        return stage_times(measured(self._service, self.viewer, language))

    def inbox(self, language: Language) -> tuple[InboxRow, ...]:
        """What waits for the person, soonest first."""
        rows = self._service.store.rows("tasks", {"people": self.viewer}, order="due")
        found = []
        for row in rows:
            reader = self._reader(row["case"], language)
            if reader is not None:
                task = reader.scope.state.tasks[row["id"]]
                view = task_view(reader, task, self.viewer)
                found.append(InboxRow(reader.scope.state.subject_name, view))
        return tuple(found)

    def form(self, case: str, about: str, act: CommandName, language: Language) -> FormView | None:
        """The form of an act; None if the case is not to be seen."""
        ground = self._ground(case, about, language)
        return None if ground is None else form_view(ground, act)

    def taken_back_with(
        self, case: str, act: CommandName, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What stands in a case before an act, as the form that takes it back afterwards holds it."""
        ground = self._ground(case, "", language)
        return {} if ground is None else taken_back_with(ground, act, answers)

    def act(  # noqa: PLR0913 - a case, a place in it, an act, what was typed, in which language, how
        self,
        case: str,
        about: str,
        act: CommandName,
        answers: Answers,
        language: Language,
        *,
        dry_run: bool = False,
    ) -> Outcome:
        """Carry out a filled form, or say what it would do."""
        ground = self._ground(case, about, language)
        if ground is None:
            return self._refused(Refusal("R100", "invalid", {"case": case}), language)
        command = command_of(ground, act, answers)
        if isinstance(command, InputProblem):
            return problem_outcome(command, language)
        if not enclosed(command):
            return self._execute(case, command, language, dry_run=dry_run)
        return self._enclosing(case, command, language, dry_run=dry_run)

    def wrong(
        self, case: str, about: str, act: CommandName, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What is wrong in a form that is being filled in, by the ids of its fields."""
        ground = self._ground(case, about, language)
        return {} if ground is None else wrong_in_act(ground, act, answers)

    def refused_release(self, artefact: Artefact, language: Language) -> RefusalView | None:
        """Why a rulebook could not be published here; None if nothing is known against it."""
        refusal = self._administration and self._administration.refuse_release(artefact)
        return refusal_view(refusal, language) if refusal else None

    def publish(
        self, artefact: Artefact, reason: str, language: Language
    ) -> Release | RefusalView | None:
        """Make a rulebook current for new cases; None at a desk of which nothing is published."""
        office = self._administration
        found = None if office is None else office.publish(artefact, reason)
        return refusal_view(found, language) if isinstance(found, Refusal) else found

    def rulebooks(self, language: Language) -> tuple[RulebookChoice, ...]:
        """What cases can be opened for."""
        return tuple(
            RulebookChoice(release.rulebook, process, Reader(scope, language).title(title))
            for release in releases(self._service)
            for process, title, scope in self._processes(release.artefact)
        )

    def opening_form(self, choice: RulebookChoice, language: Language) -> FormView:
        """The form that opens a case."""
        return opening_form(self._opening_ground(choice, language))

    def wrong_opening(
        self, choice: RulebookChoice, answers: Answers, language: Language
    ) -> dict[str, str]:
        """What is wrong in the form that opens a case, by the ids of its fields."""
        return wrong_in_opening(self._opening_ground(choice, language), answers)

    def open(
        self, choice: RulebookChoice, answers: Answers, language: Language, *, dry_run: bool = False
    ) -> Outcome:
        """Open a case from a filled form, or say what that would do."""
        ground = self._opening_ground(choice, language)
        command = opening_command(ground, answers)
        if isinstance(command, InputProblem):
            return problem_outcome(command, language)
        attempt = self._service.preview_open if dry_run else self._service.open
        done = attempt(ground.program, command, self._actor)
        if isinstance(done, Refusal):
            return Outcome(refusal=refusal_view(done, language, ground.reader))
        return self._told(done, ground.program, language, {}, dry_run=dry_run)

    def _execute(
        self, case: str, command: Command, language: Language, *, dry_run: bool
    ) -> Outcome:
        attempt = self._service.preview if dry_run else self._service.execute
        scope = self._service.scope(case)
        before = {} if scope is None else deadlines(scope)
        done = attempt(case, command, self._actor)
        reader = self._reader(case, language)
        if isinstance(done, Refusal):
            return Outcome(refusal=refusal_view(done, language, reader))
        assert reader is not None
        return self._told(done, reader.scope.program, language, before, dry_run=dry_run)

    def _told(
        self,
        done: Done,
        program: Program,
        language: Language,
        before: Deadlines,
        *,
        dry_run: bool,
    ) -> Outcome:
        service = self._service
        scope = foreseen(service, done, program) if dry_run else service.scope(done.case)
        assert scope is not None
        reader = Reader(scope, language, self.instants)
        return done_outcome(service, done, reader, before, self.viewer)

    def _enclosing(
        self, case: str, command: Command, language: Language, *, dry_run: bool
    ) -> Outcome:
        attempt = self._service.preview if dry_run else self._service.refusal
        refused = attempt(case, named(command), self._actor)
        if isinstance(refused, Refusal):
            return self._refused(refused, language, self._reader(case, language))
        ready = inspected(command) if dry_run else kept(self._service.store, command)
        if isinstance(ready, Damage):
            return Outcome(refusal=words_of(ready.code, ready.values, language))
        return self._execute(case, ready, language, dry_run=dry_run)

    def _refused(
        self, refusal: Refusal, language: Language, reader: Reader | None = None
    ) -> Outcome:
        return Outcome(refusal=refusal_view(refusal, language, reader))

    def _live_rows(self, language: Language) -> tuple[BoardRow, ...]:
        """Rows are made anew when something has happened."""
        seen = self.position(), self.viewer
        kept = self._rows.get(language)
        if kept is None or kept[0] != seen:
            kept = seen, tuple(board_rows(self._service, self.viewer, language, (LIVE,)))
            self._rows[language] = kept
        return kept[1]

    def _seen(self, case: str) -> Scope | None:
        found = self._service.scope(case) if self._service.cases.exists(case) else None
        return found if found is not None and may_see(found, self.viewer) else None

    def _reader(self, case: str, language: Language) -> Reader | None:
        scope = self._seen(case)
        return None if scope is None else Reader(scope, language, self.instants)

    def _ground(self, case: str, about: str, language: Language) -> Ground | None:
        reader = self._reader(case, language)
        return None if reader is None else Ground(reader, self.viewer, about, self._person_of)

    def _person_of(self, text: str) -> str:
        directory = self._service.world.directory()
        found = directory.by_name(text) if directory.person(text) is None else ()
        return found[0] if len(found) == 1 else text

    def _processes(self, artefact: str) -> Iterator[tuple[str, dict[str, str], Scope]]:
        row = self._service.store.get("artefacts", artefact) or {}
        for process in row["rulebook"]["processes"]:
            program = self._service.cases.program(artefact, str(process["id"]))
            yield program.process.id, dict(program.process.title), self._empty(program)

    def _empty(self, program: Program) -> Scope:
        """The case as it is before it is opened."""
        state = CaseState(artefact=program.artefact, process=program.process.id)
        return Scope(program, state, self._service.world.context(program))

    def _opening_ground(self, choice: RulebookChoice, language: Language) -> Ground:
        release = current_release(self._service, choice.rulebook)
        assert release is not None
        program = self._service.cases.program(release.artefact, choice.process)
        return Ground(Reader(self._empty(program), language), self.viewer, "", self._person_of)
