"""What a failing scenario could expect instead, and the text that would say so."""

import pytest

from dsl.formatter import format_source
from dsl.pipeline import Checker
from dsl.source import cells, of_text
from engine.drafting.amending import amended
from tests.engine.sample.company import EXIT
from tests.engine.sample.duties import DUTIES
from tests.engine.scenarios.test_runner import APPROVED, FAILING, LATE, PAPERS

ROWS = """
scenario usual "What is usual"
  given last_day 2026-03-31

scenario rows "Cash by day"
  given as in usual
  start on 2026-03-02 09:00
  finance signs cash
  | example | last_day   | item cash | item cash due    | refused      |
  | "soon"  |            | waiting   | 2026-03-25       | not allowed  |  # soon
  | "later" | 2026-04-30 | done      | 2026-04-28 18:00 | missing cash |
"""
SHARED_LINE = """
scenario rows "Cash by day"
  start on 2026-03-02 09:00
  expect item cash due 2026-03-26
  | example | last_day   |
  | "soon"  | 2026-03-31 |
  | "later" | 2026-04-30 |
"""
UNSAYABLE = {"expect item mentoring due 2026-03-18"}
"""What has no due date has none that could be said."""
ACTS = f"{APPROVED}  leaver hands over papers\n"
MORE = [
    (LATE, "expect not notified leaver by sms about item papers", "expect notified"),
    (APPROVED, "expect fact last_day is 2026-04-01", "expect fact last_day is 2026-03-31"),
    (APPROVED, "expect fact salary is 1 CNY", "expect fact salary is 18000 CNY"),
    (APPROVED, "expect item papers not reached", "expect item papers reached"),
    (APPROVED, "expect step resignation.hr skipped", "expect step resignation.hr reached"),
    (PAPERS, "expect item papers waits for leaver", "expect item papers waits for"),
    (ACTS, "expect item papers open", "hands over papers\n  expect refused missing summary\n"),
    (
        APPROVED,
        "expect refused too early",
        "as successor on 2026-03-02 12:00\n  expect case open\n",
    ),
    (PAPERS, "expect refused too early", "expect item papers handed over"),
    (
        f"{APPROVED}  last_day becomes 2026-04-30\n",
        "expect refused not allowed",
        "expect fact last_day is 2026-04-30",
    ),
]


def changed(text, asked=lambda _: True, wanted=frozenset()):
    """The text after every change that is said yes to, and the offers with their answers."""
    found = amended(of_text("t.rulebook", text), Checker(), wanted, asked)
    return found.source.original, found.offers


def in_dialect(text, dialect):
    return format_source(of_text("t.rulebook", text), dialect).text


@pytest.mark.parametrize(("text", "line", "_kind"), FAILING)
def test_what_fails_is_said_in_another_way_that_holds(text, line, _kind):
    whole = f"{EXIT}{text}  {line}  # why\n"
    after, ((offer, made),) = changed(whole)
    assert made == (line not in UNSAYABLE)
    assert (after == whole) == (not made)
    assert after.endswith("  # why\n")
    assert after.count("\n") == whole.count("\n")
    assert offer.line == whole.count("\n")
    assert not made or changed(after)[1] == ()


@pytest.mark.parametrize(("text", "line", "said"), MORE)
def test_values_refusals_notices_and_what_is_reached_can_be_said(text, line, said):
    after, ((_, made),) = changed(f"{EXIT}{text}  {line}\n")
    assert made
    assert said in f"{after}\n"


@pytest.mark.parametrize("dialect", ["en", "zh"])
def test_rows_of_examples_change_cell_by_cell_and_keep_their_width(dialect):
    before = in_dialect(f"{DUTIES}{ROWS}", dialect)
    after, offers = changed(before)
    assert [made for _, made in offers] == [True] * 6
    assert [cells(line) for line in after.splitlines()] == [
        cells(line) for line in before.splitlines()
    ]
    wanted = ROWS.replace(
        "waiting   | 2026-03-25       | not allowed ", "open | 2026-03-26 | too early "
    )
    wanted = wanted.replace(
        "done      | 2026-04-28 18:00 | missing cash", "open | 2026-04-27 18:00 | too early"
    )
    assert in_dialect(after, "en") == in_dialect(f"{DUTIES}{wanted}", "en")


def test_a_no_leaves_the_text_and_is_asked_once():
    text = f"{EXIT}{APPROVED}  expect item papers done\n"
    asked = []
    after, ((offer, made),) = changed(text, lambda one: asked.append(one.line) or False)
    assert (after, made) == (text, False)
    assert asked == [offer.line]
    assert offer.after.original == f"{EXIT}{APPROVED}  expect item papers open\n"


def test_rows_stay_broken_as_they_are():
    for lines, more in (
        (f"{ACTS}  expect item papers open\n", 1),
        (f"{APPROVED}  expect refused too early\n", 0),
    ):
        text = f"{EXIT}{lines}".replace("\n", "\r\n")
        after, ((_, made),) = changed(text)
        assert made
        assert after.count("\n") == after.count("\r\n") == text.count("\n") + more
        assert after.count("\r") == after.count("\n")


def test_only_the_scenarios_that_are_named_are_changed():
    assert changed(f"{EXIT}{APPROVED}  expect item papers done\n", wanted={"another"})[1] == ()


def test_a_line_of_all_examples_is_not_changed_for_one_of_them():
    after, ((offer, made),) = changed(f"{DUTIES}{SHARED_LINE}")
    assert (after, made, offer.after) == (f"{DUTIES}{SHARED_LINE}", False, None)
    assert offer.result.example == "later"
