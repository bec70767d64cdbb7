"""Scenarios for what none reaches: the fewest facts that, put into one that holds, would reach it.

The search plays one scenario again with one or two facts changed, to the values that the rulebook itself
tells apart: options, thresholds and what lies beside them. Whoever must act does, as well as can be. How far
they act is tried out once; with other facts only what led further than the rest is tried again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, count
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl.dialects import DialectName
from dsl.expressions.axis import ORDERED, OrderedAxis, wires_in
from dsl.expressions.scalars import ValueProblem, decode_scalar, encode_scalar
from dsl.expressions.tables import Column, Same
from dsl.expressions.tree import Constant, Wire
from dsl.expressions.uses import walk
from dsl.model import (
    ExpectReached,
    ExpectRule,
    ExpectStep,
    Fact,
    GivenAs,
    GivenBefore,
    GivenFacts,
    Rulebook,
    Scenario,
    ScenarioLine,
    Start,
    Target,
)
from dsl.types import (
    ChoiceType,
    DateTimeType,
    IntegerType,
    ListType,
    TextType,
    YesNoType,
)
from engine.artefact import Artefact
from engine.calendars import CalendarProblem, calendar_of
from engine.drafting.clauses import name, quoted
from engine.drafting.saying import sentence, spoken
from engine.program import Program
from engine.scenarios.cast import Cast
from engine.scenarios.coverage import Coverage, Part, PartKind, reached_by
from engine.scenarios.rehearsal import example
from engine.scenarios.runner import Result, process_of, run_scenario
from engine.scenarios.stage import Stage

MOST_PLAYS = 500
"""More of them are no help to anybody who waits."""
MOST_WAYS = 4
_OPENED, _LATER = "2026-03-02T09:00", "2026-03-31T18:00"
_UTC = ZoneInfo("UTC")

Change = tuple[tuple[str, Wire], ...]
"""Facts, and what they are given."""
Reached = frozenset[tuple[PartKind, str]]


class Suggestion(Struct, frozen=True):
    """What is not reached, and the lines of a scenario that would reach it."""

    part: Part
    lines: tuple[str, ...]


class _Base(Struct, frozen=True):
    """What every suggestion begins with: what is given, and when the case opens.

    Attributes:
        given: what a scenario is given, or plain values where there is no scenario; None if no fact needs one.
        start: the opening.
        process: that is played.
        made_up: it is of no scenario.
    """

    given: ScenarioLine | None
    start: Start
    process: str
    made_up: bool = False


class _Search:
    """Plays of one scenario with other facts; `left` is how many more there may be."""

    def __init__(self, program: Program, base: _Base) -> None:
        self._program = program
        self._base = base
        self.left = MOST_PLAYS

    def play(
        self,
        change: Change,
        target: Target | None,
        expected: ScenarioLine | None = None,
    ) -> Result | None:
        """One play; None once there have been enough."""
        if self.left <= 0:
            return None
        self.left -= 1
        return run_scenario(self._program, _scenario(self._base, change, target, expected))

    def reached(self, played: Result | None) -> Reached:
        """What one play has reached."""
        stage = None if played is None else played.stage
        return frozenset() if stage is None else reached_by(self._program, stage)

    def furthest(self) -> list[Target | None]:
        """Of all ways to act those that together reach what any of them does, those that come to an end first."""
        known = []
        for target in _targets(self._program.rulebook):
            played = self.play((), target)
            failed = played is None or bool(played.failures)
            known.append((failed, target, self.reached(played)))
        found: list[Target | None] = []
        met: set[tuple[PartKind, str]] = set()
        for _, target, reached in sorted(known, key=lambda one: (one[0], -len(one[2]))):
            if not reached <= met:
                found.append(target)
                met |= reached
        return found

    def told(
        self, change: Change, ways: Sequence[Target | None], part: Part, id_: str
    ) -> Scenario | None:
        """A scenario that says what is reached: the first one that holds, of several ways to act."""
        for target in dict.fromkeys(ways):
            expected = _expected(part)
            played = self.play(change, target, expected)
            holds = played is not None and not played.failures
            if holds and (part.kind, part.id) in self.reached(played):
                return _scenario(self._base, change, target, expected, id_)
        return None


def suggestions(
    artefact: Artefact,
    played: Sequence[tuple[Program, Result]],
    found: Coverage,
    to: DialectName | None = None,
) -> Iterator[Suggestion]:
    """A scenario for each part that the search finds a way to; each of them holds as it stands.

    Args:
        artefact: the rulebook.
        played: its scenarios, as they were played.
        found: what they do not reach.
        to: the dialect that they are written in; None for that of the rulebook.
    """
    rulebook, to = artefact.rulebook, to or artefact.rulebook.language
    base = _base(artefact, played)
    left = {(part.kind, part.id): part for part in found.unreached}
    if base is None or not left:
        return
    taken = {one.id for one in rulebook.scenarios}
    search = _Search(Program(artefact, base.process), base)
    targets = search.furthest()
    if base.made_up:
        yield from (
            Suggestion(part, _lines(rulebook, scenario, part, to))
            for part, scenario in _first(search, left, taken, targets)
        )
    for change, target in ((change, one) for change in _changes(rulebook) for one in targets):
        if not left or search.left <= 0:
            return
        here = search.reached(search.play(change, target))
        for key in [one for one in left if one in here]:
            ways = (target, *_ways(rulebook, left[key], here))
            scenario = search.told(change, ways, left[key], _free_id(left[key], taken))
            if scenario is not None:
                taken.add(scenario.id)
                part = left.pop(key)
                yield Suggestion(part, _lines(rulebook, scenario, part, to))


def _first(
    search: _Search,
    left: dict[tuple[PartKind, str], Part],
    taken: set[str],
    targets: Sequence[Target | None],
) -> Iterator[tuple[Part, Scenario]]:
    """The scenario that leads furthest, for a rulebook that has none; what it reaches is left no more."""
    for target in targets[:1]:
        here = search.reached(search.play((), target))
        part = next((one for key, one in reversed(left.items()) if key in here), None)
        if part is None:
            return
        scenario = search.told((), (target,), part, _free_id(part, taken))
        if scenario is None:
            return
        taken.add(scenario.id)
        for key in here & left.keys():
            del left[key]
        yield part, scenario


def _base(artefact: Artefact, played: Sequence[tuple[Program, Result]]) -> _Base | None:
    """The first scenario that holds and has no examples; without scenarios plain values of the facts."""
    rulebook = artefact.rulebook
    known = {one.id: one for one in rulebook.scenarios}
    for _, result in played:
        scenario = known[result.scenario]
        if not (scenario.examples or scenario.must_fail or result.failures):
            start = next(line for line in scenario.lines if isinstance(line, Start))
            return _Base(GivenAs(scenario.id), start, process_of(rulebook, scenario))
    return None if known else _made_up(artefact)


def _made_up(artefact: Artefact) -> _Base | None:
    """A case that opens four weeks before the days that its facts name."""
    rulebook = artefact.rulebook
    calendar = calendar_of(rulebook)
    if isinstance(calendar, CalendarProblem):
        return None
    process = rulebook.processes[0].id
    stage = Stage(Program(artefact, process), Cast(rulebook, ()), calendar)
    stage.go_to(_LATER)
    wanted = [
        fact
        for fact in rulebook.facts
        if not (fact.optional or fact.default is not None or isinstance(fact.type, ListType))
    ]
    values = tuple((fact.id, example(fact.type, stage)) for fact in wanted)
    return _Base(GivenFacts(values) if values else None, Start(_OPENED), process, made_up=True)


def _changes(rulebook: Rulebook) -> Iterator[Change]:
    """Nothing changed, one fact, then two."""
    single = [(fact.id, wire) for fact in rulebook.facts for wire in _values(rulebook, fact)]
    pairs = (pair for pair in combinations(single, 2) if pair[0][0] != pair[1][0])
    return chain([()], ((one,) for one in single), pairs)


def _values(rulebook: Rulebook, fact: Fact) -> Sequence[Wire]:
    """What the rulebook tells apart of a fact."""
    match fact.type:
        case YesNoType():
            return (True, False)
        case ChoiceType(options=options):
            return tuple(option.id for option in options)
        case TextType():
            return ()
        case type_ if isinstance(type_, (*ORDERED, DateTimeType)):
            return _pieces(fact, tuple(_named(rulebook, fact)))
        case _:
            return tuple(dict.fromkeys(_named(rulebook, fact)))


def _pieces(fact: Fact, named: Sequence[Wire]) -> Sequence[Wire]:
    """A value of each stretch that the named ones part, and these."""
    type_, low, high = fact.type, None, None
    if isinstance(type_, IntegerType):
        # Conditions may speak of numbers that the fact never has.
        type_, low, high = IntegerType(), type_.low, type_.high
    fits = [one for one in named if not isinstance(decode_scalar(type_, one, _UTC), ValueProblem)]
    if not fits:
        return ()
    axis = OrderedAxis(Column(fact.id, type_, low, high), [(Same(wire),) for wire in fits])
    return [encode_scalar(type_, axis.example(piece), _UTC) for piece in axis.inside]


def _named(rulebook: Rulebook, fact: Fact) -> Iterator[Wire]:
    """The values of its type that conditions and tables speak of."""
    conditioned = (
        rulebook.items,
        rulebook.rules,
        rulebook.approvals,
        rulebook.gates,
        rulebook.documents,
        rulebook.processes,
    )
    for part in walk(conditioned):
        if isinstance(part, Constant) and type(part.type) is type(fact.type):
            yield part.value
    for table in rulebook.tables:
        for at, column in enumerate(table.columns):
            if column.fact == fact.id:
                tests = (test for row in table.rows for test in row.cells[at])
                yield from (wire for test in tests for wire in wires_in(test) if wire is not None)


def _targets(rulebook: Rulebook) -> Iterator[Target | None]:
    """How far everybody acts: not at all, or until something comes up."""
    yield None
    yield from (Target("item", one.id) for one in rulebook.items)
    yield from (Target("gate", one.id) for one in rulebook.gates)
    yield from (Target("action", one.id) for one in rulebook.actions)
    yield from (Target("access", one.id) for one in rulebook.accesses)
    yield from (Target("document", one.id) for one in rulebook.documents)


def _scenario(
    base: _Base,
    change: Change,
    target: Target | None,
    expected: ScenarioLine | None = None,
    id_: str = "suggested",
) -> Scenario:
    lines: list[ScenarioLine] = [base.given] if base.given else []
    if change:
        lines.append(GivenFacts(change))
    lines.append(base.start)
    if target is not None:
        lines.append(GivenBefore(target))
    if expected is not None:
        lines.append(expected)
    return Scenario(id_, {"en": id_}, tuple(lines))


def _ways(rulebook: Rulebook, part: Part, here: Reached) -> list[Target | None]:
    """How else to act: up to the part, or up to what comes late of all that one play has reached."""
    known = [one for one in _targets(rulebook) if one and (one.kind, one.id) in here]
    return [*filter(None, [_target(part)]), *known[: -MOST_WAYS - 1 : -1]]


def _target(part: Part) -> Target | None:
    """The part as something that people can act up to."""
    match part.kind:
        case "item" | "gate" | "action" | "access" | "document":
            return Target(part.kind, part.id)
        case _:
            return None


def _expected(part: Part) -> ScenarioLine | None:
    """How a scenario says that it is reached, where it can."""
    target = _target(part)
    if target is not None:
        return ExpectReached(target, reached=True)
    match part.kind:
        case "step":
            approval, _, step = part.id.partition(".")
            return ExpectStep(approval, step, "reached")
        case "rule":
            return ExpectRule(part.id, acted=True)
        case _:
            return None


def _lines(rulebook: Rulebook, scenario: Scenario, part: Part, to: DialectName) -> tuple[str, ...]:
    title = part.title.get(to) or next(iter(part.title.values()), part.id)
    head = f"scenario {name(scenario.id)} {quoted(title)}"
    said = [sentence(rulebook, line) for line in scenario.lines]
    return tuple(spoken(rulebook, head, said, to))


def _free_id(part: Part, taken: set[str]) -> str:
    """An id that no scenario has: an item and a gate may be called the same."""
    first = "reaches_" + "".join(char if char.isalnum() else "_" for char in part.id)
    known = chain([first], (f"{first}_{number}" for number in count(2)))
    return next(one for one in known if one not in taken)
