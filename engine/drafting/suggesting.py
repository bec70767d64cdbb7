"""Scenarios for what none reaches: the fewest facts that, put into one that holds, would reach it.

The search plays one scenario again with one or two facts changed, to the values that the rulebook itself
tells apart: options, thresholds and what lies beside them. Whoever must act does, as well as can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, combinations, islice

from msgspec import Struct

from dsl.expressions.axis import wires_in
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
from dsl.types import ChoiceType, IntegerType, TextType, YesNoType
from engine.artefact import Artefact
from engine.drafting.clauses import HEAD, name, printed, quoted
from engine.drafting.playing import play
from engine.program import Program
from engine.scenarios.coverage import Coverage, Part, reached_by
from engine.scenarios.runner import is_shared, process_of, run_scenario

MOST_TRIALS = 200
"""More plays than this are no help to anybody who waits."""


class Suggestion(Struct, frozen=True):
    """What is not reached, and the lines of a scenario that would reach it, in the rulebook's dialect."""

    part: Part
    lines: tuple[str, ...]


def suggestions(artefact: Artefact, found: Coverage) -> Iterator[Suggestion]:
    """A scenario for each part that the search finds a way to; each of them holds as it stands."""
    rulebook = artefact.rulebook
    base = _base(artefact)
    left = {(part.kind, part.id): part for part in found.unreached}
    if base is None:
        return
    program = Program(artefact, process_of(rulebook, base))
    for change in islice(_changes(rulebook), MOST_TRIALS):
        if not left:
            return
        for target in _targets(rulebook):
            stage = run_scenario(program, _scenario(base, change, target)).stage
            here = [] if stage is None else reached_by(program, stage)
            for key in [one for one in left if one in here]:
                lines = _checked(program, base, change, target, left[key])
                if lines is not None:
                    yield Suggestion(left.pop(key), lines)


def _base(artefact: Artefact) -> Scenario | None:
    """The first scenario that holds and has no examples."""
    for program, result in play(artefact):
        known = (one for one in program.rulebook.scenarios if one.id == result.scenario)
        scenario = next(known)
        plain = not (scenario.examples or scenario.must_fail or is_shared(scenario))
        if plain and not result.failures:
            return scenario
    return None


def _changes(rulebook: Rulebook) -> Iterator[tuple[tuple[str, Wire], ...]]:
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
        case IntegerType(low=low, high=high):
            named = {wire for wire in _named(rulebook, fact) if isinstance(wire, int)}
            near = sorted({wire + by for wire in named for by in (-1, 0, 1)})
            return tuple(
                wire
                for wire in near
                if (low is None or low <= wire) and (high is None or wire <= high)
            )
        case TextType():
            return ()
        case _:
            return tuple(dict.fromkeys(_named(rulebook, fact)))


def _named(rulebook: Rulebook, fact: Fact) -> Iterator[Wire]:
    """The values of its type that conditions and tables speak of."""
    for part in walk((rulebook.items, rulebook.rules, rulebook.approvals, rulebook.processes)):
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
    base: Scenario,
    change: tuple[tuple[str, Wire], ...],
    target: Target | None,
    expected: ScenarioLine | None = None,
) -> Scenario:
    lines: list[ScenarioLine] = [GivenAs(base.id)]
    if change:
        lines.append(GivenFacts(change))
    lines.append(next(line for line in base.lines if isinstance(line, Start)))
    if target is not None:
        lines.append(GivenBefore(target))
    if expected is not None:
        lines.append(expected)
    return Scenario("suggested", {"en": "suggested"}, tuple(lines))


def _expected(part: Part) -> ScenarioLine | None:
    """How a scenario says that it is reached, where it can."""
    match part.kind:
        case "item" | "gate" | "action" | "access" | "document":
            return ExpectReached(Target(part.kind, part.id), reached=True)
        case "step":
            approval, _, step = part.id.partition(".")
            return ExpectStep(approval, step, "reached")
        case "rule":
            return ExpectRule(part.id, acted=True)
        case _:
            return None


def _checked(
    program: Program,
    base: Scenario,
    change: tuple[tuple[str, Wire], ...],
    target: Target | None,
    part: Part,
) -> tuple[str, ...] | None:
    """The lines, if a scenario of them holds."""
    scenario = _scenario(base, change, target, _expected(part))
    if run_scenario(program, scenario).failures:
        return None
    rulebook = program.rulebook
    facts = {fact.id: fact for fact in rulebook.facts}
    title = next(iter(part.title.values()), part.id)
    head = f"scenario {name(_id(part))} {quoted(title)}"
    clauses = {HEAD: head}
    for at, line in enumerate(scenario.lines):
        clauses[str(at)] = _said(facts, line)
    return tuple(printed(head, clauses, dict.fromkeys(facts, "fact"), rulebook.language).values())


def _id(part: Part) -> str:
    return "reaches_" + "".join(char if char.isalnum() else "_" for char in part.id)


def _said(facts: dict[str, Fact], line: ScenarioLine) -> str:
    """A line in English, which the formatter puts into any dialect."""
    match line:
        case GivenAs(scenario):
            return f"given as in {name(scenario)}"
        case GivenFacts(values):
            said = (f"{name(fact)} {_literal(facts[fact], wire)}" for fact, wire in values)
            return f"given {', '.join(said)}"
        case Start(at, process):
            return f"start {f'{name(process)} ' if process else ''}on {at.replace('T', ' ')}"
        case GivenBefore(target):
            return f"given everything before {target.kind} {name(target.id)} done"
        case ExpectReached(target):
            return f"expect {target.kind} {name(target.id)} reached"
        case ExpectStep(approval, step):
            return f"expect step {name(approval)}.{name(step)} reached"
        case ExpectRule(rule):
            return f"expect rule {name(rule)} acted"
        case _:
            return ""


def _literal(fact: Fact, wire: Wire) -> str:
    if isinstance(wire, bool):
        return "yes" if wire else "no"
    return name(str(wire)) if isinstance(fact.type, ChoiceType) else str(wire)
