"""What people mistype every day: it is understood where there is no doubt, else told what there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import DATA, Baton


@pytest.fixture
def boss(case: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A case that has just been opened, with the manager at the keyboard."""
    monkeypatch.setenv("BATON_ACTOR", "boss")
    return case


@pytest.mark.parametrize("number", ["２０２６－０００１", "2026—0001", " 2026-0001"])
def test_digits_and_dashes_of_any_keyboard_name_a_case(
    baton: Baton, boss: str, number: str
) -> None:
    assert boss in baton("case", "show", number).out.splitlines()[0]


@pytest.mark.parametrize(
    "task",
    [
        "２０２６－０００１／resignation.manager＃1",
        "2026-0001/Resignation.Manager#1",
        "resignation．manager＃1",
        "2026-0001/resignation.manager",
    ],
)
def test_signs_of_any_keyboard_name_a_task(baton: Baton, boss: str, task: str) -> None:
    assert f"{boss}/resignation.manager#1" in baton("task", "show", task).out


def test_what_is_not_there_is_answered_with_what_is_like_it(baton: Baton, boss: str) -> None:
    for words in (["case", "show", "2026-001"], ["task", "show", "2026-0011/x"]):
        ran = baton(*words)
        assert ran.status == 1
        assert boss in ran.err
    wrong_task = baton("task", "show", f"{boss}/resignation.manger#1")
    assert (wrong_task.status, f"{boss}/resignation.manager#1" in wrong_task.err) == (1, True)
    case_for_task = baton("task", "show", boss)
    assert (case_for_task.status, f"baton case show {boss}" in case_for_task.err) == (2, True)
    assert "boss Ann Boss" in baton("case", "list", "--as", "Ann Bos").err


def test_nobody_learns_of_cases_that_they_may_not_see(baton: Baton, boss: str) -> None:
    ran = baton("case", "show", "2026-001", "--as", "bo")
    assert ran.status == 1
    assert boss not in ran.err


def test_a_stranger_in_a_live_workspace_is_told_of_nobody(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BATON_WORKSPACE", str(tmp_path / "live"))
    assert baton("init").status == baton("people", "import", str(DATA / "people.csv")).status == 0
    assert "Ann Boss" in baton("case", "list", "--as", "Ann Bos").err
    monkeypatch.setattr("cli.workplace.account", lambda: "stranger")
    ran = baton("case", "list", "--as", "Ann Bos")
    assert ran.status == 1
    assert "Ann Boss" not in ran.err


@pytest.mark.parametrize(
    "value", ["last_day＝2026-04-15", "last_day=2026.4.15", "last_day=2026年4月15日"]
)
def test_facts_are_taken_as_people_type_them(baton: Baton, boss: str, value: str) -> None:
    words = ("case", "change", boss, "--reason", "agreed", "--dry-run", "--as", "eve")
    ran = baton(*words, "--fact", value)
    assert (ran.status, "2026-04-15" in ran.out) == (0, True), ran.err


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    "at",
    ["2026/5/1 9:00", "2026年5月1日 09:00", "2026.5.1 9:00:00", "２０２６－０５－０１Ｔ０９：００"],
)
def test_times_are_taken_as_people_type_them(baton: Baton, at: str) -> None:
    ran = baton("advance", "--at", at, "--dry-run", "--format", "json")
    assert ran.document["now"] == "2026-05-01T09:00:00+08:00"


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    "at", ["5/1", "2026-02-30", "2026-05-01 25:00", "0999-01-01", "2026-05-01 09:00+02:00", "soon"]
)
def test_what_is_no_time_is_told(baton: Baton, at: str) -> None:
    ran = baton("advance", "--at", at)
    assert (ran.status, "C129" in ran.err) == (2, True)


def test_a_code_is_found_however_it_is_typed(baton: Baton) -> None:
    assert baton("explain", "ｅ３０２").out == baton("explain", "E302").out != ""
