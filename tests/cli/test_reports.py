"""Reports on the command line, and what can be done about an item besides signing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Baton

DUTIES = ROOT / "tests" / "engine" / "sample" / "duties.rulebook"


@pytest.fixture
def duties(sandbox: Path, baton: Baton) -> str:
    """A case of Li Wei under the sample of duties."""
    text = DUTIES.read_text(encoding="utf-8")
    here = sandbox.parent / "duties.rulebook"
    here.write_text(text.replace('head of department "Finance"', 'person "eve"'), encoding="utf-8")
    assert baton("publish", str(here), "--reason", "tried").status == 0
    ran = baton("case", "open", "duties", "--as", "li", "--fact", "last_day=2026-03-31")
    assert ran.status == 0, ran.err
    return "2026-0001"


def test_what_is_unfinished_is_reported_to_those_who_may_see_it(baton: Baton, duties: str) -> None:
    rows = baton("report", "unfinished", "--as", "boss", "--format", "json").document
    cash = next(row for row in rows if row["title"] == "Petty cash")
    assert (cash["case"], cash["cause"]) == (duties, None)
    assert cash["holds"] == ["Certificate holds: the leaving certificate", "Keys waits for it"]
    text = baton("report", "unfinished", duties, "--as", "boss", "--lang", "zh").out
    assert "在等它" in text
    assert baton("report", "unfinished", "--overdue", "--as", "boss").out == "0 unfinished\n"
    assert baton("report", "unfinished", "--as", "bo", "--format", "json").document == []


def test_who_was_responsible_is_told_with_the_day(baton: Baton, duties: str) -> None:
    ran = baton("report", "responsible", "cash", "--on", "2026-04-01", "--as", "boss")
    assert "Petty cash" in ran.out
    assert f"{duties}/cash#1" in ran.out
    assert ran.out.rstrip().endswith("1 found")
    nothing = baton("report", "responsible", "a yacht", "--on", "2026-04-01", "--as", "boss")
    assert (nothing.status, len(nothing.out.splitlines())) == (0, 1)
    assert "“a yacht”" in nothing.out
    wrong = baton("report", "responsible", "cash", "--on", "soon", "--as", "boss")
    assert wrong.status == 2
    assert "C150" in wrong.err


def test_a_hand_over_in_place_can_be_foreseen_made_and_called_back(
    baton: Baton, duties: str
) -> None:
    task = f"{duties}/cash#1"
    given = ("task", "hand-over", task, "receipts=0", "found=480 CNY", "--as", "boss")
    assert "R107" in baton(*given).err
    assert baton(*given, "--in-place", "he will not", "--dry-run").status == 0
    made = baton(*given, "--in-place", "he will not")
    assert "in the place of" in made.out
    assert "480" in made.out
    back = baton("task", "call-back", task, "--reason", "he will", "--as", "boss")
    assert "called back" in back.out


def test_a_cause_is_stated_refused_and_confirmed(baton: Baton, duties: str) -> None:
    assert baton("advance", "--at", "2026-03-27 09:00").status == 0
    task = f"{duties}/cash.cause#1"
    assert baton("task", "state-cause", task, "I was ill", "--as", "li").status == 0
    refused = baton("task", "refuse-cause", task, "--reason", "no", "--as", "boss")
    assert refused.status == 0
    assert baton("task", "state-cause", task, "I forgot", "--as", "li").status == 0
    assert "confirmed" in baton("task", "confirm-cause", task, "--as", "boss").out


def test_a_case_is_drawn_in_time(baton: Baton, duties: str) -> None:
    found = baton("case", "gantt", duties, "--as", "boss", "--format", "json").document
    assert found["case"] == duties
    assert {"key", "title", "status", "begun", "ended", "due", "late"} <= set(found["bars"][0])
    text = baton("case", "gantt", duties, "--as", "boss", "--width", "100", "--lang", "zh").out
    assert "Petty cash" in text
    assert "非工作日" in text
    assert baton("case", "gantt", duties, "--as", "boss", "--width", "0").status == 2


@pytest.mark.usefixtures("case")
def test_what_a_closed_case_has_left_is_reported(baton: Baton) -> None:
    assert "0 left over" in baton("report", "leftovers", "--as", "boss").out
    for arguments in (
        ("approve", "resignation.manager", "--as", "boss"),
        ("name", "successor", "bo", "--as", "boss"),
        ("hand-over", "equipment", "--as", "li"),
        ("sign", "equipment", "--as", "eve"),
        ("hand-over", "work_in_progress", "open_tasks=none", "documents=drive", "--as", "li"),
        ("sign", "work_in_progress", "--as", "bo"),
    ):
        ran = baton("task", *arguments)
        assert ran.status == 0, (arguments, ran.out, ran.err)
    assert baton("advance", "--at", "2026-03-31 18:00").status == 0
    for action in ("accounts.revoke", "final_pay"):
        assert baton("task", "complete", action, "--as", "eve").status == 0
    assert "closed" in baton("case", "list", "--all", "--as", "boss").out
    rows = baton("report", "leftovers", "--as", "boss", "--format", "json").document
    assert {row["title"]: row["answers"] for row in rows}["Work in progress"] == ["bo"]
    mine = baton("report", "leftovers", "--with", "bo", "--as", "boss").out
    assert "Work in progress" in mine
    assert "1 left over" in mine
    sales = baton("report", "leftovers", "--department", "Sales", "--as", "boss").out
    for asked, code in ((("--with", "nobody"), "C147"), (("--department", "Sale"), "C148")):
        ran = baton("report", "leftovers", *asked, "--as", "boss")
        assert (ran.status, ran.out) == (2, "")
        assert code in ran.err
    assert "1 left over" in sales
    was = baton("report", "responsible", "work_in_progress", "--on", "2026-04-01", "--as", "boss")
    assert "Bo Chen" in was.out


def test_lateness_and_days_per_stage_are_reported(baton: Baton, duties: str) -> None:
    assert baton("advance", "--at", "2026-04-10 09:00").status == 0
    found = baton("report", "lateness", "--as", "boss", "--format", "json").document
    assert duties == "2026-0001"
    cash = next(row for row in found["rows"] if row["item"] == "Petty cash")
    assert (cash["all"]["count"], cash["all"]["late"], cash["all"]["level"]) == (1, 1, 4)
    text = baton("report", "lateness", "--as", "boss", "--lang", "zh").out
    assert "███"[:2] in text
    assert "逾期" in text
    stages = baton("report", "durations", "--as", "boss", "--format", "json").document
    assert all({"stage", "count", "median", "standing", "oldest"} <= set(row) for row in stages)
    assert baton("report", "durations", "--as", "boss").status == 0
    assert baton("report", "lateness", "--as", "bo", "--format", "json").document["rows"] == []
