"""Scenarios for what none reaches: they hold as they stand, and reach it."""

import pytest

from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.playing import play
from engine.drafting.suggesting import suggestions
from engine.scenarios.coverage import coverage_of
from tests.engine.sample.company import artefact_of
from tests.engine.scenarios.test_coverage import CHOOSING


def covered(text):
    artefact = artefact_of(text)
    played = list(play(artefact))
    assert [result.failures for _, result in played if result.failures] == []
    return artefact, coverage_of(artefact, played)


@pytest.mark.parametrize("dialect", ["en", "zh"])
def test_what_is_suggested_holds_when_it_is_pasted_and_reaches_it(dialect):
    text = format_source(of_text("a", CHOOSING), dialect).text
    artefact, before = covered(text)
    found = list(suggestions(artefact, before))
    assert {(one.part.kind, one.part.id) for one in found} == {
        ("item", "files"),
        ("branch", "leaving.choice:1.then"),
        ("rule", "high"),
        ("step", "leave.again"),
    }
    pasted = "\n".join("\n".join(["", *one.lines]) for one in found)
    _, after = covered(f"{text}{pasted}\n")
    assert {(one.kind, one.id) for one in after.unreached} == {("rejection", "leave")}


def test_the_facts_are_the_fewest():
    artefact, before = covered(CHOOSING)
    lines = {one.part.id: one.lines for one in suggestions(artefact, before)}
    assert lines["files"] == (
        'scenario reaches_files "Files"',
        "given as in low",
        "given level 6",
        "start on 2026-03-02 09:00",
        "given everything before item files done",
        "expect item files reached",
    )
