"""W511: what is due before it can be acted on, wherever scenarios come to it."""

from __future__ import annotations

import pytest

from dsl.pipeline import check_source
from dsl.source import of_text
from engine.drafting.playing import play
from engine.publishing import assemble
from engine.scenarios.early_dues import early_dues

TEXT = """
rulebook early "Early"
  version 1.0.0
fact last_day "Last day" date
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
approval leave "Leave"
  step boss
item files "Files"
  from leaver to boss
  DUE
item keys "Keys"
  from leaver to boss
  due last_day
  after files
process leaving "Leaving"
  started by leaver
  managed by boss
  first approval leave
  then items
scenario a_month "A month"
  given last_day 2026-03-31
  start on 2026-03-02 09:00
  boss approves leave on 2026-03-12 10:00
"""
TWO_MONTHS = """scenario two_months "Two months"
  given last_day 2026-04-30
  start on 2026-03-02 09:00
  boss approves leave on 2026-03-02 10:00
"""
FILES_LATE = """  leaver hands over files on 2026-04-01 10:00
  boss signs files on 2026-04-01 11:00
"""


def told(due: str, more: str = "") -> list[tuple[object, ...]]:
    """Item, deadline, opening and number of scenarios of each warning."""
    found = check_source(of_text("a.rulebook", TEXT.replace("DUE", due) + more))
    assert found.checked is not None
    warnings = early_dues(found.checked, play(assemble(found.checked, found.layers)))
    names = ("item", "due", "opened", "count")
    return [tuple(one.values[name] for name in names) for one in warnings]


@pytest.mark.parametrize(
    ("due", "deadline"),
    [
        ("due 40 days before last_day", "2026-02-19 18:00"),  # before the case begins
        ("due 20 days before last_day", "2026-03-11 18:00"),  # before the approval has ended
    ],
)
def test_a_deadline_before_the_item_opens_is_told_with_both_moments(
    due: str, deadline: str
) -> None:
    assert told(due) == [("files", deadline, "2026-03-12 10:00", 1)]


@pytest.mark.parametrize("due", ["due last_day", "due 19 days before last_day", "within 2 days"])
def test_a_deadline_that_can_be_kept_is_no_finding(due: str) -> None:
    assert told(due) == []


def test_one_scenario_in_which_it_can_be_kept_is_enough() -> None:
    assert told("due 40 days before last_day", TWO_MONTHS) == []


def test_what_waits_is_held_against_the_end_of_what_comes_before_it() -> None:
    assert [one[0] for one in told("due last_day", FILES_LATE)] == ["keys"]


def test_a_deadline_that_has_moved_by_then_counts_as_it_is() -> None:
    moved = f"  last_day becomes 2026-04-10 on 2026-03-20 09:00\n{FILES_LATE}"
    assert told("due last_day", moved) == []


def test_a_scenario_that_fails_proves_nothing() -> None:
    assert told("due 40 days before last_day", "  expect case closed\n") == []
