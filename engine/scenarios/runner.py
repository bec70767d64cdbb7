"""Running scenarios: each line is played or checked, and what did not hold is told by its place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, structs

from dsl.expressions.tree import Wire
from dsl.model import (
    Act,
    ComesOrGoes,
    Example,
    ExpectRefused,
    FactBecomes,
    FeedDrops,
    FeedReports,
    GivenAs,
    GivenBefore,
    GivenFacts,
    GivenPerson,
    Rulebook,
    Scenario,
    ScenarioLine,
    StandsIn,
    Start,
    SystemAnswers,
    Target,
    WaitTime,
)
from engine.calendars import CalendarProblem, calendar_of
from engine.commands import Actor, Answer, ChangeFact, Open
from engine.program import Program
from engine.rejection import Refusal
from engine.scenarios.acts import perform
from engine.scenarios.cast import Cast
from engine.scenarios.expectations import CHECKS
from engine.scenarios.instead import Instead, instead_of, refusal_expected
from engine.scenarios.outside import happen
from engine.scenarios.rehearsal import rehearse_until
from engine.scenarios.stage import Stage


class Failure(Struct, frozen=True):
    """A line that did not hold.

    Attributes:
        line: where it stands in the scenario, `lines.3` or `examples.0`.
        message: a message id of the engine's catalogue under `scenario.`.
        values: fills its placeholders; `what` is the id of a declaration or a stage, which has a title.
        found: what was there instead of what the line expects, in words to be translated; none where nothing was.
        refusal: the refusal that nobody expected, if that is what went wrong.
        expected: the line itself, where it expects something.
        instead: what would hold there; None if the language cannot say it, or nothing was expected.
    """

    line: str
    message: str
    values: dict[str, str]
    refusal: Refusal | None = None
    found: tuple[str, ...] = ()
    expected: ScenarioLine | None = None
    instead: Instead | None = None


class Result(Struct, frozen=True):
    """How a scenario went, or one of its examples; without failures it held."""

    scenario: str
    failures: tuple[Failure, ...]
    stage: Stage | None = None
    example: str | None = None


def process_of(rulebook: Rulebook, scenario: Scenario) -> str:
    """The process that a scenario plays: the one that it starts, else the first."""
    started = (line.process for line in scenario.lines if isinstance(line, Start))
    return next(started, None) or rulebook.processes[0].id


def run_scenario(program: Program, scenario: Scenario, example: Example | None = None) -> Result:
    """One scenario, or an example of it, on a stage of its own. It ends at the first line that does not hold."""
    result = _run(program, scenario, example)
    if scenario.must_fail is None:
        return structs.replace(result, example=example.name if example else None)
    unlike = (
        ()
        if result.failures
        else (Failure(WHOLE, "scenario.must_fail", {"why": scenario.must_fail}),)
    )
    return Result(scenario.id, unlike, result.stage, example.name if example else None)


def is_shared(scenario: Scenario) -> bool:
    """True if a scenario only says what others are given."""
    given = (GivenFacts, GivenPerson, GivenAs)
    return not scenario.examples and all(isinstance(line, given) for line in scenario.lines)


def lines_of(
    rulebook: Rulebook, scenario: Scenario, example: Example | None
) -> Iterator[tuple[str, ScenarioLine]]:
    """What is played, line by line, each with where it stands: `lines.3`, `examples.0`.

    What other scenarios are given comes where it is said; what an example is given comes behind
    everything else that is, so that it may say otherwise; what it expects comes at the end.
    """
    said = [
        (f"lines.{index}", each)
        for index, line in enumerate(scenario.lines)
        for each in (_given_as(rulebook, line) if isinstance(line, GivenAs) else (line,))
    ]
    if example is None:
        yield from said
        return
    row = f"examples.{scenario.examples.index(example)}"
    given = [one for one in said if isinstance(one[1], GivenFacts | GivenPerson)]
    yield from (*given, (row, example.given), *(one for one in said if one not in given))
    yield from ((row, line) for line in example.expects)


def _given_as(rulebook: Rulebook, line: GivenAs) -> Iterator[ScenarioLine]:
    other = next(one for one in rulebook.scenarios if one.id == line.scenario)
    for each in other.lines:
        if isinstance(each, GivenAs):
            yield from _given_as(rulebook, each)
        elif isinstance(each, GivenFacts | GivenPerson):
            yield each


WHOLE = ""
"""Where a failure stands that is about no single line."""


def _run(program: Program, scenario: Scenario, example: Example | None) -> Result:
    rulebook = program.rulebook
    lines = list(lines_of(rulebook, scenario, example))
    calendar = calendar_of(rulebook)
    if isinstance(calendar, CalendarProblem):
        return Result(
            scenario.id,
            (Failure(WHOLE, "scenario.calendar", {"name": calendar.values.get("name", "-")}),),
        )
    cast = Cast(rulebook, [line for _, line in lines])
    player = _Player(Stage(program, cast, calendar), rulebook)
    for place, line in lines:
        failure = player.play(place, line)
        if failure is not None:
            return Result(scenario.id, (failure,), player.stage)
    left = player.unexpected()
    return Result(scenario.id, (left,) if left else (), player.stage)


def _about(line: ScenarioLine) -> dict[str, str]:
    """The id of what a line expects something of, if it is about one thing."""
    for name in ("target", "approval", "gate", "rule", "fact"):
        about = getattr(line, name, None)
        if about is not None:
            return {"what": about.id if isinstance(about, Target) else about}
    return {}


class _Player:
    def __init__(self, stage: Stage, rulebook: Rulebook) -> None:
        self.stage = stage
        self.rulebook = rulebook
        self.facts: dict[str, Wire] = {}
        self.acted = WHOLE
        self.done: ScenarioLine | None = None

    def play(self, index: str, line: ScenarioLine) -> Failure | None:
        if not isinstance(line, ExpectRefused):
            left = self.unexpected()
            if left is not None:
                return left
        at = getattr(line, "at", None)
        if at is not None and self.stage.local(at) < self.stage.now and self.stage.started:
            return Failure(index, "scenario.backwards", {"at": at.replace("T", " ")})
        check = CHECKS.get(type(line))
        if check is None:
            return self._act(index, line)
        refused = self.stage.refused
        found = check(self.stage, line)
        if found is None:
            return None
        message = ".".join(("scenario", type(line).__name__, found.like)).rstrip(".")
        values = _about(line)
        instead = instead_of(self.stage, line, self.done, refused)
        return Failure(index, message, values, None, found.words, line, instead)

    def unexpected(self) -> Failure | None:
        """An act that is refused without being expected fails the scenario, where the act stands."""
        refusal, self.stage.refused = self.stage.refused, None
        if refusal is None:
            return None
        instead = Instead(refusal_expected(refusal), behind=True)
        return Failure(self.acted, "scenario.refused", {}, refusal, instead=instead)

    def _act(self, index: str, line: ScenarioLine) -> Failure | None:  # noqa: C901, PLR0912 - a case each
        stage = self.stage
        self.acted, self.done = index, line
        match line:
            case GivenFacts():
                self._give(line)
            case GivenPerson():
                pass  # the cast has read it
            case Start(at, _):
                stage.go_to(at)
                self._open()
            case StandsIn() | ComesOrGoes() | FeedReports() | FeedDrops():
                stage.go_to(line.at)
                happen(stage, line)
            case _ if not stage.started:
                return Failure(index, "scenario.not_started", {})
            case WaitTime(at):
                stage.go_to(at)
            case GivenBefore(target):
                if not rehearse_until(stage, target):
                    return Failure(index, "scenario.not_reached", {"what": target.id})
            case FactBecomes():
                self._change(line)
            case SystemAnswers(system, operation, ok, at):
                stage.go_to(at)
                actor = Actor(f"system:{system}", "scenario", "scenario")
                stage.play(Answer(system, operation, ok, ""), actor)
            case Act():
                stage.go_to(line.at)
                perform(stage, line)
            case _:
                pass  # expectations have been checked before
        return None

    def _give(self, line: GivenFacts) -> None:
        for fact, wire in line.values:
            before = self.facts.get(fact)
            if isinstance(before, list) and isinstance(wire, list):
                self.facts[fact] = [*before, *wire]
            else:
                self.facts[fact] = wire

    def _open(self) -> None:
        private = {fact.id for fact in self.rulebook.facts if fact.private_to}
        given = self.facts.items()
        sealed = {fact: self.stage.seal(wire) for fact, wire in given if fact in private}
        plain = {fact: wire for fact, wire in given if fact not in private}
        stage = self.stage
        process = stage.program.process
        stage.state.subject = stage.cast.subject
        starters = [one for role in process.started_by for one in stage.scope.roles.people(role)]
        opener = next(iter(starters), stage.cast.subject)
        command = Open(process.id, stage.cast.subject, plain, sealed)
        stage.play(command, Actor(opener, "scenario", "scenario"))

    def _change(self, line: FactBecomes) -> None:
        stage = self.stage
        stage.go_to(line.at)
        fact = stage.program.facts[line.fact]
        roles = (*fact.set_by, *stage.program.process.managed_by)
        people = [person for role in roles for person in stage.scope.roles.people(role)]
        actor = Actor(next(iter(people), stage.state.subject), "scenario", "scenario")
        sealed = stage.seal(line.value) if fact.private_to else None
        value = None if sealed else line.value
        stage.play(ChangeFact(line.fact, value, sealed, line.fact), actor)
