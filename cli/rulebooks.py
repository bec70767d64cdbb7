"""Rulebook files: reading, checking, assembling, and playing their scenarios."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.shelf import Shelf
from dsl.catalogue import Language
from dsl.model import Place
from dsl.pipeline import Outcome, check_source
from dsl.render import render_json, render_text
from dsl.source import MAX_BYTES, Source, of_bytes
from dsl.visible import visible
from engine.artefact import Artefact
from engine.drafting.files import read_bytes
from engine.program import Program
from engine.scenarios.runner import Failure, Result, process_of, run_scenario
from engine.texts import MESSAGES
from engine.views.reader import Reader
from engine.views.refusals import refusal_view

STANDARD = "-"
"""In the place of a file: the standard input."""


def read_source(options: Options, file: str) -> Source:
    """A text as its file holds it, or the standard input; the command ends where it cannot be read.

    No more is read than a text may have, so that a pipe without an end has one.
    """
    try:
        if file == STANDARD:
            return of_bytes(file, sys.stdin.buffer.read(MAX_BYTES + 1))
        return of_bytes(file, read_bytes(Path(file)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise wrong_use(options.language, "C117", file=file, reason=reason) from error


def check_file(options: Options, file: str) -> tuple[Source, Outcome]:
    """A file's text and what came of it, together with the bases that it extends."""
    source = read_source(options, file)
    return source, check_source(source, Shelf(options))


def tell_problems(output: Output, source: Source, outcome: Outcome) -> None:
    """Why nothing comes of a rulebook: its problems, as people or programs read them."""
    sources = outcome.sources(source)
    if output.is_json:
        output.json(render_json(outcome.diagnostics, sources, output.language))
    else:
        output.block(render_text(outcome.diagnostics, sources, output.language))


def play(
    artefact: Artefact, wanted: frozenset[str] = frozenset()
) -> Iterator[tuple[Program, Result]]:
    """The scenarios of a rulebook, all or those wanted by id or title, in order."""
    rulebook = artefact.rulebook
    programs = {one.id: Program(artefact, one.id) for one in rulebook.processes}
    for scenario in rulebook.scenarios:
        if not wanted or wanted & {scenario.id, *scenario.title.values()}:
            program = programs[process_of(rulebook, scenario)]
            yield program, run_scenario(program, scenario)


def line_of(program: Program, result: Result, failure: Failure) -> Place | None:
    """Where the line stands that did not hold."""
    scenario = f"scenario.{result.scenario}"
    places = program.places
    return places.get(f"{scenario}.lines.{failure.line}") or places.get(scenario)


def failure_text(language: Language, result: Result, failure: Failure) -> str:
    """What was found instead, in one line."""
    values = {name: _found(language, failure, value) for name, value in failure.values.items()}
    text = MESSAGES.say(language, failure.message, **values)
    if failure.refusal is None:
        return text
    reader = None if result.stage is None else Reader(result.stage.scope, language)
    view = refusal_view(failure.refusal, language, reader)
    return f"{text} {view.code}: {view.text}"


def result_document(language: Language, program: Program, result: Result) -> dict[str, Any]:
    """A scenario's result as programs read it."""
    places = [line_of(program, result, one) for one in result.failures]
    failures = [
        {
            "line": place.line if place else None,
            "text": failure_text(language, result, one),
        }
        for place, one in zip(places, result.failures, strict=True)
    ]
    return {"scenario": result.scenario, "held": not failures, "failures": failures}


_STATES = {"scenario.ExpectItem": "status", "scenario.ExpectCase": "light"}
"""Failures that found a state, and the begin of the messages that name states."""


def _found(language: Language, failure: Failure, value: str) -> str:
    group = _STATES.get(failure.message)
    if group is None:
        return visible(value)
    parts = (f"{group}.{part}" for part in value.split("、"))
    said = (MESSAGES.say(language, one) if MESSAGES.has(language, one) else None for one in parts)
    return MESSAGES.say(language, "reader.joint").join(
        one or part for one, part in zip(said, value.split("、"), strict=True)
    )
