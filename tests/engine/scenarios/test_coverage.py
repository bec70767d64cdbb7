"""Coverage: what scenarios reach of a rulebook; of every shipped one they reach everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from dsl.pipeline import check_source
from dsl.source import of_text
from engine.program import Program
from engine.publishing import assemble
from engine.scenarios.coverage import Coverage, coverage_of
from engine.scenarios.runner import process_of, run_scenario

SHIPPED = sorted((Path(__file__).parents[3] / "rulebooks").glob("*.rulebook"))
CHOOSING = """
rulebook choosing "Choosing"
  version 1.0.0
fact level "Grade" integer 1..15
fact last_day "Last day" date
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
approval leave "Leave"
  step boss
  step leaver as again when level > 9
item files "Files"
  from leaver to boss
  due last_day
action bonus "Bonus"
  by boss within 2 days
  releases "bonus"
gate held "Held"
  holds "bonus"
  until item files done
rule high "High grade"
  when level > 9
  notify boss by email "high"
process leaving "Leaving"
  started by leaver
  managed by boss
  first approval leave
  then if level > 5
    first items
  otherwise
    first action bonus
  end
scenario low "Low grade"
  given level 3, last_day 2026-03-31
  start on 2026-03-02 09:00
  boss approves leave on 2026-03-02 10:00
"""
MIDDLE = """scenario middle "Middle grade"
  given level 7, last_day 2026-03-31
  start on 2026-03-02 09:00
  boss approves leave on 2026-03-02 10:00
  leaver hands over files
  boss signs files
"""


def covered(text: str) -> Coverage:
    found = check_source(of_text("a.rulebook", text))
    checked = found.checked
    assert checked is not None
    artefact = assemble(checked, found.layers)
    played = []
    for scenario in checked.rulebook.scenarios:
        program = Program(artefact, process_of(checked.rulebook, scenario))
        result = run_scenario(program, scenario)
        assert result.failures == ()
        played.append((program, result))
    return coverage_of(artefact, played)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_scenarios_reach_everything_of_a_shipped_rulebook(file: Path) -> None:
    found = covered(file.read_text(encoding="utf-8"))
    assert found.parts
    assert [(part.kind, part.id) for part in found.unreached] == []


def test_what_no_scenario_reaches_is_listed_with_its_place() -> None:
    unreached = {(one.kind, one.id): one for one in covered(CHOOSING).unreached}
    assert set(unreached) == {
        ("step", "leave.again"),
        ("rejection", "leave"),
        ("item", "files"),
        ("rule", "high"),
        ("branch", "leaving.choice:1.then"),
    }
    place = unreached["item", "files"].place
    assert place is not None
    assert CHOOSING.splitlines()[place.line - 1] == 'item files "Files"'


def test_another_scenario_reaches_another_way() -> None:
    left = {(one.kind, one.id) for one in covered(CHOOSING + MIDDLE).unreached}
    assert left == {("step", "leave.again"), ("rejection", "leave"), ("rule", "high")}
