"""Scenarios with examples in rows, with what others are given, and such as must not hold."""

import pytest

from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting.playing import failure_text, line_of, play
from tests.engine.sample.company import artefact_of
from tests.engine.sample.duties import DUTIES

SHARED = """
scenario usual "What is usual"
  given last_day 2026-03-31

scenario rows "Cash by day"
  given as in usual
  start on 2026-03-02 09:00
  finance signs cash
  | example | last_day   | item cash | item cash due | refused     |
  | "soon"  |            | open      | 2026-03-26    | too early   |
  | "later" | 2026-04-30 | open      | 2026-04-27    | not allowed |
"""
TURNED = """
scenario turned "Turned round"
  must fail because "cash is always counted"
  given last_day 2026-03-31
  start on 2026-03-02 09:00
  expect item cash {}
"""


def played(text):
    artefact = artefact_of(text)
    return artefact, list(play(artefact))


@pytest.mark.parametrize("dialect", ["en", "zh"])
def test_each_row_is_played_by_itself_and_a_failure_points_at_it(dialect):
    text = format_source(of_text("rows", f"{DUTIES}{SHARED}"), dialect).text
    _, results = played(text)
    assert [result.example for _, result in results] == ["soon", "later"]
    (_, soon), (program, later) = results
    assert soon.failures == ()
    (failure,) = later.failures
    place = line_of(program, later, failure)
    assert '"later"' in text.splitlines()[place.line - 1]
    assert "R119" in failure_text("en", later, failure)


def test_what_an_example_gives_overrides_what_is_shared_and_only_its_own_row():
    _, results = played(f"{DUTIES}{SHARED.replace('not allowed', 'too early  ')}")
    assert [result.failures for _, result in results] == [(), ()]


@pytest.mark.parametrize(("state", "message"), [("done", None), ("open", "scenario.must_fail")])
def test_a_scenario_that_must_fail_holds_if_it_fails(state, message):
    _, ((_, result),) = played(f"{DUTIES}{TURNED.format(state)}")
    assert [failure.message for failure in result.failures] == ([message] if message else [])
