"""Trying a rulebook: one case in virtual time, played by the lines of a scenario that is being written.

Every step adds a line and plays the scenario anew, so what was tried can be taken back step by step
and saved as it was tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from operator import itemgetter
from typing import NamedTuple

from msgspec import Struct, structs

from dsl.catalogue import Language
from dsl.layers import Shelf
from dsl.model import Checked
from dsl.pipeline import Checker
from dsl.source import of_text
from dsl.types import FileType, PersonType, TextType
from engine.commands import CommandName
from engine.desk.fields import FieldView
from engine.drafting.changes import added, done
from engine.drafting.clauses import HEAD, id_of, name, printed, quoted
from engine.drafting.draft import Draft
from engine.drafting.playing import failure_text
from engine.drafting.problems import problems_of
from engine.drafting.sketch import Sketch, Wish, sketched
from engine.events import NoticeQueued
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.rehearsal import example
from engine.scenarios.runner import process_of, run_scenario
from engine.scenarios.stage import Stage
from engine.state import ItemTask, StepTask, Task
from engine.texts import MESSAGES
from engine.views.cases import case_view
from engine.views.gates import GateView
from engine.views.marks import case_marks
from engine.views.notices import said_by_reason
from engine.views.reader import Reader
from engine.views.sentences import sentence, told
from engine.views.tasks import PartView, TaskView, task_view

VERBS: dict[CommandName, str] = {
    "approve": "approves",
    "reject": "rejects",
    "return": "returns",
    "resubmit": "resubmits",
    "hand_over": "hands over",
    "sign": "signs",
    "refuse": "refuses",
    "waive": "waives",
    "complete": "completes",
    "name": "names",
    "state_cause": "states cause of",
    "confirm_cause": "confirms cause of",
}
"""What can be tried, and how a scenario says it."""
IN_WORDS: frozenset[CommandName] = frozenset(
    {"approve", "reject", "return", "refuse", "waive", "state_cause"}
)
"""Acts that are done in words, or where a rulebook may ask for some."""


class Offer(Struct, frozen=True):
    """What a role can do now.

    Attributes:
        role: its id; `who` its title.
        about: the title of the task.
        target: how a scenario names what it is about.
        fields: what is asked for: what is handed over, the words (`text`), or who is named (`person`).
        plain: the fields that are written without quotes.
    """

    act: CommandName
    role: str
    who: str
    about: str
    target: str
    fields: tuple[FieldView, ...] = ()
    plain: frozenset[str] = frozenset()


class Told(NamedTuple):
    """Something that has happened, or a notice that would have gone out."""

    at: str
    text: str
    is_notice: bool


class Tried(Struct, frozen=True):
    """Where a tried case stands.

    Attributes:
        now: the virtual instant, in the rulebook's zone; None if the case could not be opened.
        next_at: just after something falls due by itself; None if nothing does.
        told: what has happened, in order.
        problem: why the last line was not played; the case stands where it stood before.
    """

    now: str | None
    next_at: str | None
    sketch: Sketch | None
    offers: tuple[Offer, ...]
    gates: tuple[GateView, ...]
    told: tuple[Told, ...]
    is_over: bool
    problem: str | None = None


class Trial:
    """A case that is tried; used by one thread at a time.

    Args:
        draft: the text, without errors.
        language: of the reader.
        scenario: the id of the scenario to be.
        shelf: finds the bases that the text extends.

    Attributes:
        lines: what was tried so far, in English.
    """

    def __init__(self, draft: Draft, language: Language, scenario: str, shelf: Shelf) -> None:
        self._draft = draft
        self._language = language
        self._id = scenario
        self._checker = Checker(shelf)
        self._last: tuple[tuple[str, ...], _Played] | None = None
        self.lines: tuple[str, ...] = ()

    def play(self, wish: Wish, *lines: str) -> Tried:
        """Play what was tried so far and further lines, which stay if they can be played."""
        wanted = (*self.lines, *lines)
        played = self._played(wanted)
        if played.problem is None:
            self.lines = wanted
            return self._tried(played, wish)
        before = self._played(self.lines) if self.lines else played
        return structs.replace(self._tried(before, wish), problem=played.problem)

    def problem(self, *lines: str) -> str | None:
        """Why further lines cannot be played; None if they can. None of them stays."""
        return self._played((*self.lines, *lines)).problem

    def take_back(self, wish: Wish) -> Tried:
        """Without the last line; how it began stays."""
        if not self.lines[-1].startswith("start "):
            self.lines = self.lines[:-1]
        return self.play(wish)

    def saved(self, title: str) -> tuple[str, int]:
        """The text with what was tried as a scenario, which expects what came of it, and its place."""
        stage = self._played(self.lines).stage
        lines = (*self.lines, f"expect case {stage.state.status}") if stage else self.lines
        taken = {part.id for part in self._draft.parts if part.kind == "scenario"}
        id_ = self._id if id_of(title) in taken else id_of(title)
        return done(self._draft, added(self._draft, "scenario", self._printed(lines, id_, title)))

    def _printed(self, lines: tuple[str, ...], id_: str, title: str) -> list[str]:
        head = f"scenario {name(id_)} {quoted(title)}"
        clauses = {HEAD: head, **{str(at): line for at, line in enumerate(lines)}}
        known = {part.id: part.kind for part in self._draft.parts if part.kind in ("role", "fact")}
        return list(printed(head, clauses, known, self._draft.dialect).values())

    def _played(self, lines: tuple[str, ...]) -> _Played:
        """What came of lines; those that were played last are not played again."""
        if self._last is None or self._last[0] != lines:
            self._last = lines, self._play(lines)
        return self._last[1]

    def _play(self, lines: tuple[str, ...]) -> _Played:
        printed_lines = self._printed(lines, self._id, self._id)
        if not printed_lines:
            return _Played(None, None, MESSAGES.say(self._language, "drafting.unreadable"))
        text, place = done(self._draft, added(self._draft, "scenario", printed_lines))
        source = of_text(self._draft.source.name, text)
        outcome = self._checker.check(source)
        if outcome.checked is None:
            found = problems_of(outcome.diagnostics, source, self._language)
            wrong = next((one for one in found if one.start >= place), found[0])
            return _Played(None, None, f"{wrong.code} {wrong.title}: {wrong.text}")
        rulebook = outcome.checked.rulebook
        scenario = next(one for one in rulebook.scenarios if one.id == self._id)
        program = Program(assemble(outcome.checked, outcome.layers), process_of(rulebook, scenario))
        result = run_scenario(program, scenario)
        wrong_lines = [failure_text(self._language, result, one) for one in result.failures]
        said = next(iter(wrong_lines), None)
        return _Played(outcome.checked, result.stage, said)

    def _tried(self, played: _Played, wish: Wish) -> Tried:
        checked, stage = played.checked, played.stage
        if checked is None or stage is None or not stage.started:
            return Tried(None, None, None, (), (), (), is_over=True)
        scope = stage.scope
        reader = Reader(scope, self._language)
        due = stage.state.next_timer
        view = case_view(reader, stage.cast.subject)
        wish = structs.replace(wish, process=scope.program.process.id)
        return Tried(
            _local(stage, stage.now),
            None if due is None else _local(stage, due + timedelta(minutes=1)),
            sketched(checked, self._draft.source.name, wish, case_marks(scope)),
            tuple(_offers(stage, reader)),
            view.gates,
            tuple(_told(stage, reader)),
            stage.state.status != "open",
        )


class _Played(NamedTuple):
    """The rulebook with the scenario, its stage, and why the last line was not played."""

    checked: Checked | None
    stage: Stage | None
    problem: str | None


def sentence_of(offer: Offer, answers: Mapping[str, str]) -> str:
    """How a scenario says that somebody does what they can, in English."""
    who, verb = name(offer.role), VERBS[offer.act]
    if offer.act == "name":
        return f"{who} {verb} {quoted(answers['person'])} as {offer.target}"
    given = [
        f"{name(field)} {answers[field].strip() if field in offer.plain else quoted(answers[field])}"
        for field in (one.id for one in offer.fields if one.id != "text")
        if answers[field].strip()
    ]
    words = answers.get("text", "").strip()
    parts = (who, verb, offer.target, ", ".join(given), quoted(words) if words else "")
    return " ".join(part for part in parts if part)


def _local(stage: Stage, at: datetime) -> str:
    return f"{at.astimezone(stage.program.zone):%Y-%m-%d %H:%M}"


def _offers(stage: Stage, reader: Reader) -> Iterator[Offer]:
    """What each role can do, the tasks in the order in which they came up."""
    players: dict[str, str] = {}
    for role in stage.program.roles:
        for person in stage.scope.roles.people(role)[:1]:
            players.setdefault(person, role)
    for task in [stage.state.tasks[one] for one in stage.state.active]:
        for person, role in players.items():
            view = task_view(reader, task, person)
            for act in view.acts:
                if act in VERBS:
                    yield _offer(stage, reader, task, view, act, role)


def _offer(  # noqa: PLR0913, PLR0917 - an offer is one flat record
    stage: Stage, reader: Reader, task: Task, view: TaskView, act: CommandName, role: str
) -> Offer:
    ref = task.ref.partition(".")[0] if isinstance(task, StepTask) else task.ref
    key = getattr(task, "key", None)
    target = f"{name(ref)}[{quoted(key)}]" if key else name(ref)
    fields: list[FieldView] = []
    plain: set[str] = set()
    if act == "hand_over" and isinstance(task, ItemTask):
        for part in view.parts:
            value, is_plain = _example(stage, task, part)
            fields.append(FieldView(part.id, part.title, required=part.missing, value=value))
            plain |= {part.id} if is_plain else set()
    elif act == "name":
        title = reader.role(task.ref)
        fields.append(FieldView("person", title, required=True, value=title))
    if act in IN_WORDS:
        fields.append(FieldView("text", reader.say("drafting.field.words"), value="-"))
    return Offer(act, role, reader.role(role), view.title, target, tuple(fields), frozenset(plain))


def _example(stage: Stage, task: ItemTask, part: PartView) -> tuple[str, bool]:
    """What a part of an item could hold, and whether it is written without quotes."""
    item = stage.program.items[task.ref]
    content = next((one for one in item.contents if one.id == part.id), None)
    if content is None:
        return part.title, False
    wire = example(content.type, stage)
    if isinstance(wire, bool):
        return "yes" if wire else "no", True
    return str(wire), not isinstance(content.type, TextType | FileType | PersonType)


def _told(stage: Stage, reader: Reader) -> Iterator[Told]:
    for at, _, event in told(stage.events, itemgetter(2)):
        if isinstance(event, NoticeQueued):
            people = reader.people(one.person for one in event.to)
            text = event.text or said_by_reason(reader, event.reason, event.task, at)
            channel = reader.say(f"channel.{event.channel}")
            yield Told(_local(stage, at), f"{people} · {channel} · {text}", is_notice=True)
        else:
            yield Told(_local(stage, at), sentence(reader, event), is_notice=False)
