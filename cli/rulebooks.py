"""Rulebook files: reading, checking, assembling, and playing their scenarios."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.shelf import Shelf
from dsl.catalogue import Language
from dsl.model import Titles
from dsl.pipeline import Outcome, check_source
from dsl.render import render_json, render_text
from dsl.source import MAX_BYTES, Source, of_bytes
from dsl.visible import visible
from engine.drafting.files import read_bytes
from engine.drafting.playing import failure_text, line_of
from engine.program import Program
from engine.scenarios.runner import Result
from engine.views.reader import Reader
from engine.views.sentences import INNER, sentence

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
    titles = next(one.title for one in program.rulebook.scenarios if one.id == result.scenario)
    document = {
        "scenario": result.scenario,
        "title": _title(titles, language, result),
        "held": not failures,
        "failures": failures,
    }
    if result.example is not None:
        document["example"] = result.example
    return document | ({"timeline": _timeline(language, result)} if failures else {})


def _title(titles: Titles, language: Language, result: Result) -> str:
    """What the scenario is called, and which of its examples this is."""
    title = titles.get(language) or next(iter(titles.values()), result.scenario)
    return title if result.example is None else f"{title}: {visible(result.example)}"


def _timeline(language: Language, result: Result) -> list[dict[str, str]]:
    """What had happened on the stage, in sentences, up to the line that did not hold."""
    stage = result.stage
    if stage is None:
        return []
    zone = stage.program.zone
    chapters = [(Reader(scope, language), told) for scope, told in stage.chapters]
    return [
        {
            "at": f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
            "who": reader.person(person),
            "text": sentence(reader, event),
        }
        for reader, told in chapters
        for at, person, event in told
        if type(event) not in INNER
    ]
