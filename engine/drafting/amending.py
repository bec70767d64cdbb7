"""Changes to a text by which a scenario that fails would hold: offered one by one, made by nobody here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from dsl import nodes
from dsl.diagnostic import Edit
from dsl.dialects import DialectName
from dsl.fixing import edited
from dsl.model import ExpectFact, Rulebook
from dsl.pipeline import Checker, Outcome, beside_scenarios
from dsl.source import Source, Span, cells, of_text
from engine.artefact import Artefact
from engine.drafting.changes import behind_in
from engine.drafting.clauses import name, quoted
from engine.drafting.playing import line_of, play
from engine.drafting.saying import expectation, sentence, spoken
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.instead import Instead
from engine.scenarios.runner import Failure, Result

_HEAD = 'scenario x "x"'


class Offer(NamedTuple):
    """What could be changed for one line that does not hold.

    Attributes:
        program: that it was played with.
        result: how the scenario went.
        line: where it stands, 1-based.
        before: the text as it is.
        after: the text as it would be; None if the language cannot say what happens instead, or if
            what holds now would then hold no more.
    """

    program: Program
    result: Result
    line: int
    before: Source
    after: Source | None


Asked = Callable[[Offer], bool]


class Amended(NamedTuple):
    """A text after the changes that were said yes to, what came of it, and how each offer was answered."""

    source: Source
    outcome: Outcome
    offers: tuple[tuple[Offer, bool], ...]


def amended(source: Source, checker: Checker, wanted: frozenset[str], asked: Asked) -> Amended:
    """Offers a change for each line of a text's own scenarios that does not hold.

    A scenario ends at its first line that does not hold: once that is changed, the next one is looked for.

    Args:
        source: the text.
        checker: reads it, and what comes of it.
        wanted: ids or titles of scenarios; all where empty.
        asked: says of an offer whether to make it; it is asked of those alone that can be made.
    """
    offers: list[tuple[Offer, bool]] = []
    declined: set[tuple[str, str | None]] = set()
    outcome = checker.check(source)
    while (artefact := _artefact(outcome)) is not None:
        played = list(play(artefact, wanted))
        failing = next(_failing(source, played, declined), None)
        if failing is None:
            break
        program, result = failing
        offer = _offer(source, checker, outcome, (program, result), played)
        yes = offer.after is not None and asked(offer)
        offers.append((offer, yes))
        if yes and offer.after is not None:
            source = offer.after
            outcome = checker.check(source)
        else:
            declined.add((result.scenario, result.example))
    return Amended(source, outcome, tuple(offers))


def _artefact(outcome: Outcome) -> Artefact | None:
    outcome = beside_scenarios(outcome)
    return None if outcome.checked is None else assemble(outcome.checked, outcome.layers)


def _failing(
    source: Source,
    played: list[tuple[Program, Result]],
    declined: set[tuple[str, str | None]],
) -> Iterator[tuple[Program, Result]]:
    """What fails of the text itself, and nobody has said no to."""
    for program, result in played:
        place = line_of(program, result, result.failures[0]) if result.failures else None
        own = place is not None and place.source == source.name
        if own and (result.scenario, result.example) not in declined:
            yield program, result


def _offer(
    source: Source,
    checker: Checker,
    outcome: Outcome,
    failing: tuple[Program, Result],
    played: list[tuple[Program, Result]],
) -> Offer:
    program, result = failing
    failure = result.failures[0]
    place = line_of(program, result, failure)
    line = place.line if place else 1
    edit = _edit(source, outcome, program, result)
    if edit is None:
        return Offer(program, result, line, source, None)
    after = of_text(source.name, edited(source.original, [edit]))
    good = _leads_on(checker.check(after), result, played)
    return Offer(program, result, line, source, after if good else None)


def _leads_on(outcome: Outcome, result: Result, played: list[tuple[Program, Result]]) -> bool:
    """True if the scenario gets past the line, and what held before holds still."""
    artefact = _artefact(outcome)
    if artefact is None:
        return False
    before = {one.example for _, one in played if _is_of(one, result) and one.failures}
    after = {
        one.example: one.failures
        for _, one in play(artefact, frozenset((result.scenario,)))
        if _is_of(one, result)
    }
    same = [(one.line, one.message) for one in result.failures]
    here = [(one.line, one.message) for one in after.get(result.example, result.failures)]
    return here != same and {one for one, failures in after.items() if failures} <= before


def _is_of(one: Result, other: Result) -> bool:
    return one.scenario == other.scenario


def _edit(source: Source, outcome: Outcome, program: Program, result: Result) -> Edit | None:
    failure = result.failures[0]
    place = program.places.get(f"scenario.{result.scenario}.{failure.line}")
    if failure.instead is None or place is None or outcome.parsed.rulebook is None:
        return None
    span = Span(place.start, place.end)
    dialect = outcome.parsed.rulebook.dialect
    row = _row(outcome.parsed.rulebook, result.scenario, span)
    if row is not None:
        return _cell(source, program.rulebook, dialect, row, failure)
    return _line(source, program.rulebook, dialect, span, failure.instead)


def _line(
    source: Source, rulebook: Rulebook, dialect: DialectName, span: Span, instead: Instead
) -> Edit | None:
    """A line changed, or put behind another."""
    said = spoken(rulebook, _HEAD, [sentence(rulebook, instead.line)], dialect)
    if not said:
        return None
    if not instead.behind:
        return Edit(span, said[-1])
    return behind_in(source.original, span, said[-1])


class _Row(NamedTuple):
    """A row of examples in its text: its cells by the heads of their columns, each with its place."""

    cells: tuple[tuple[nodes.Heading, Span], ...]
    end: int


def _row(rulebook: nodes.Rulebook, scenario: str, span: Span) -> _Row | None:
    """The row of examples at a place; None if a line of another kind stands there."""
    for part in rulebook.parts:
        found = part.declaration
        if not isinstance(found, nodes.Scenario) or found.id.text != scenario:
            continue
        columns = [one for one in found.lines if isinstance(one, nodes.ExampleColumns)]
        for row in found.lines:
            if isinstance(row, nodes.ExampleRow) and part.at(row.span) == span:
                spans = (part.at(one.span) for one in row.samples)
                return _Row(tuple(zip(columns[0].headings, spans, strict=True)), span.end)
    return None


def _cell(
    source: Source, rulebook: Rulebook, dialect: DialectName, row: _Row, failure: Failure
) -> Edit | None:
    """A cell changed in its column; what another column would have to say cannot be said there."""
    expected, instead = failure.expected, failure.instead
    if expected is None or instead is None:
        return None
    facts = {fact.id: fact for fact in rulebook.facts}
    mine, other = expectation(facts, expected), expectation(facts, instead.line)
    spans = [span for heading, span in row.cells if _about(heading) == mine.about]
    if mine.about != other.about or not spans:
        return None
    says = other.says.removeprefix("is ") if isinstance(expected, ExpectFact) else other.says
    rows = [f"| example | {other.about} |", f'| "x" | {says} |']
    said = spoken(rulebook, _HEAD, rows, dialect)
    if not said:
        return None
    text = said[-1].split("|", 2)[2].rstrip("| ").strip()
    return _fitted(source.original, spans[0], text)


def _about(heading: nodes.Heading) -> str:
    """What a column is about, as a sentence says it."""
    target = heading.target
    if target is None:
        return heading.kind
    if heading.step is not None:
        return f"step {name(target.name.text)}.{name(heading.step.text)}"
    key = "" if target.key is None else f"[{quoted(target.key.text)}]"
    due = " due" if heading.kind == "due" else ""
    return f"{target.kind or heading.kind} {name(target.name.text)}{key}{due}"


def _fitted(text: str, span: Span, cell: str) -> Edit:
    """A cell as wide as before, as far as the spaces behind it allow."""
    behind = span.end
    while text[behind : behind + 1] == " ":
        behind += 1
    room = cells(text[span.start : behind])
    return Edit(Span(span.start, behind), f"{cell}{' ' * max(room - cells(cell), 1)}")
