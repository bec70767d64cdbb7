"""Playing the scenarios of a rulebook, and saying what did not hold."""

from __future__ import annotations

from collections.abc import Iterator

from dsl.catalogue import Language, named_problem, sentences
from dsl.model import Place
from dsl.visible import visible
from engine.artefact import Artefact
from engine.program import Program
from engine.scenarios.runner import Failure, Result, is_shared, process_of, run_scenario
from engine.scenarios.stage import Stage
from engine.texts import MESSAGES
from engine.views.reader import Reader
from engine.views.refusals import refusal_view


def play(
    artefact: Artefact, wanted: frozenset[str] = frozenset()
) -> Iterator[tuple[Program, Result]]:
    """The scenarios of a rulebook, all or those wanted by id or title, each example by itself, in order.

    Those that only say what others are given are not played.
    """
    rulebook = artefact.rulebook
    programs = {one.id: Program(artefact, one.id) for one in rulebook.processes}
    for scenario in rulebook.scenarios:
        if is_shared(scenario):
            continue
        if not wanted or wanted & {scenario.id, *scenario.title.values()}:
            program = programs[process_of(rulebook, scenario)]
            for example in scenario.examples or (None,):
                yield program, run_scenario(program, scenario, example)


def line_of(program: Program, result: Result, failure: Failure) -> Place | None:
    """Where the line stands that did not hold."""
    scenario = f"scenario.{result.scenario}"
    places = program.places
    return places.get(f"{scenario}.{failure.line}") or places.get(scenario)


def failure_text(language: Language, result: Result, failure: Failure) -> str:
    """What was found instead, in one line."""
    reader = _reader(language, result.stage)
    values = {name: visible(value) for name, value in failure.values.items()}
    if reader is not None and "what" in values:
        values["what"] = visible(reader.named(failure.values["what"]))
    joint = MESSAGES.say(language, "reader.joint")
    words = [_word(language, failure, one, reader) for one in failure.found]
    values["found"] = joint.join(words) or MESSAGES.say(language, "scenario.nothing")
    text = MESSAGES.say(language, failure.message, **values)
    if failure.refusal is None:
        return text
    view = refusal_view(failure.refusal, language, reader)
    return sentences(language, (text, named_problem(language, view.code, view.title, view.text)))


def _reader(language: Language, stage: Stage | None) -> Reader | None:
    """Sees the case that was played last."""
    return None if stage is None else Reader(stage.chapters_in(language)[-1][0], language)


_STATES = {
    "scenario.ExpectItem": "status",
    "scenario.ExpectTask": "status",
    "scenario.ExpectReached": "status",
    "scenario.ExpectStep": "status",
    "scenario.ExpectApproval": "status",
    "scenario.ExpectDue.over": "status",
    "scenario.ExpectWaiting.over": "status",
    "scenario.ExpectCase": "light",
}
"""Failures that found a state, and the begin of the messages that name states."""
_DECLARED = (
    "scenario.ExpectItem.none",
    "scenario.ExpectTask.none",
    "scenario.ExpectDue.none",
    "scenario.ExpectWaiting.none",
    "scenario.ExpectApproval.none",
    "scenario.ExpectCase.open",
)
"""Failures that found what has a title."""
_PEOPLE = ("scenario.ExpectWaiting", "scenario.ExpectNobodyNotified")


def _word(language: Language, failure: Failure, word: str, reader: Reader | None) -> str:
    if reader is not None and failure.message in _DECLARED:
        return visible(reader.named(word))
    if reader is not None and failure.message in _PEOPLE:
        return visible(reader.person(word))
    message = f"{_STATES.get(failure.message)}.{word}"
    return MESSAGES.say(language, message) if MESSAGES.has(language, message) else visible(word)
