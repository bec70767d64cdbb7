"""How a scenario went, as programs read it."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from dsl.catalogue import Language
from dsl.model import Titles
from dsl.visible import visible
from engine.drafting.playing import failure_text, line_of
from engine.program import Program
from engine.scenarios.runner import Result
from engine.views.reader import Reader
from engine.views.sentences import sentence, told


def result_document(language: Language, program: Program, result: Result) -> dict[str, Any]:
    """The result of one scenario: what did not hold, and then what had happened."""
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
    chapters = [
        (Reader(scope, language), happened) for scope, happened in stage.chapters_in(language)
    ]
    return [
        {
            "at": f"{at.astimezone(zone):%Y-%m-%d %H:%M}",
            "who": reader.person(person),
            "text": sentence(reader, event),
        }
        for reader, happened in chapters
        for at, person, event in told(happened, itemgetter(2))
    ]
