"""Scenarios for what none reaches: they hold as they stand, and reach it."""

import pytest

from dsl.formatter import format_source
from dsl.source import of_text
from engine.drafting import suggesting
from engine.drafting.playing import play
from engine.drafting.suggesting import suggestions
from engine.scenarios.coverage import coverage_of
from tests.engine.sample.company import artefact_of
from tests.engine.scenarios.test_coverage import CHOOSING


def covered(text):
    artefact = artefact_of(text)
    played = list(play(artefact))
    assert [result.failures for _, result in played if result.failures] == []
    return artefact, played, coverage_of(artefact, played)


@pytest.mark.parametrize("dialect", ["en", "zh"])
def test_what_is_suggested_holds_when_it_is_pasted_and_reaches_it(dialect):
    text = format_source(of_text("a", CHOOSING), dialect).text
    before = covered(text)
    found = list(suggestions(*before))
    assert {(one.part.kind, one.part.id) for one in found} == {
        ("item", "files"),
        ("branch", "leaving.choice:1.then"),
        ("rule", "high"),
        ("step", "leave.again"),
    }
    pasted = "\n".join("\n".join(["", *one.lines]) for one in found)
    *_, after = covered(f"{text}{pasted}\n")
    assert {(one.kind, one.id) for one in after.unreached} == {("rejection", "leave")}


@pytest.mark.parametrize("dialect", ["en", "zh"])
def test_a_rulebook_without_a_scenario_gets_a_first_one_that_leads_furthest(dialect):
    bare = CHOOSING.partition("\nscenario ")[0]
    text = format_source(of_text("a", bare), dialect).text
    first, *more = suggestions(*covered(text))
    pasted = "\n".join(("", *first.lines, ""))
    _, played, after = covered(f"{text}{pasted}")
    assert len(played) == 1
    # What the first one reaches no other suggestion is about.
    assert {(one.part.kind, one.part.id) for one in more} <= {
        (one.kind, one.id) for one in after.unreached
    }
    assert len(after.parts) - len(after.unreached) > 1


def test_a_rulebook_that_needs_no_fact_gets_a_scenario_without_any():
    bare = CHOOSING.partition("\nscenario ")[0].replace("due last_day", "within 2 days")
    text = bare.replace("1..15", "1..15 default 3").replace(
        'last_day "Last day" date', 'note "Note" text optional'
    )
    first, *_ = suggestions(*covered(text))
    assert first.lines[1].startswith("start on ")


def test_the_facts_are_the_fewest():
    before = covered(CHOOSING)
    lines = {one.part.id: one.lines for one in suggestions(*before)}
    assert lines["files"] == (
        'scenario reaches_files "Files"',
        "given as in low",
        "given level 6",
        "start on 2026-03-02 09:00",
        "given everything before item files done",
        "expect item files reached",
    )


ONE_NAME = """
rulebook pay "Pay"
  version 1.0.0
  currency CNY
fact loan "Loan" money default 1 CNY
fact grade "Grade" integer 1..15 default 1
fact hour "Hour" time default 09:00
fact team "Team" department optional
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
approval leave "Leave"
  step boss
  step boss as second when loan > 1000 CNY
  step boss as third when hour > 18:00 and grade > 0
  step boss as fourth when known team and team = "Ops \\"one\\""
item pay "Pay"
  from leaver to boss
  applies when grade > 14
gate pay "Pay"
  holds "pay"
  until item pay done
process leaving "Leaving"
  started by leaver
  managed by boss
  first approval leave
  then items
  then gate pay
scenario reaches_pay "A name that is taken"
  start on 2026-03-02 09:00
  expect case open
"""


def test_each_suggestion_has_a_name_of_its_own_and_values_beside_thresholds_of_every_type():
    before = covered(ONE_NAME)
    found = list(suggestions(*before))
    heads = [one.lines[0].split()[1] for one in found]
    assert len({"reaches_pay", *heads}) == len(heads) + 1
    assert [line for one in found for line in one.lines if line.startswith("given loan")] == [
        "given loan 1001 CNY"
    ]
    pasted = "\n".join("\n".join(["", *one.lines]) for one in found)
    *_, after = covered(f"{ONE_NAME}{pasted}\n")
    assert {(one.kind, one.id) for one in after.unreached} == {("rejection", "leave")}


def test_a_search_ends_however_much_could_be_tried(monkeypatch):
    before = covered(ONE_NAME)
    plays = []
    real = suggesting.run_scenario
    monkeypatch.setattr(suggesting, "run_scenario", lambda *one: plays.append(1) or real(*one))
    monkeypatch.setattr(suggesting, "MOST_PLAYS", 5)
    found = list(suggestions(*before))
    assert len(plays) == 5
    assert len(found) < len(before[2].unreached)
