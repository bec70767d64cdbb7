"""Who does what, arranged on the command line: claims, delegations, substitutes, approvers."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Baton

TASK = "resignation.manager"


def waits_for(baton: Baton, task: str = TASK) -> list[str]:
    shown = baton("task", "show", f"2026-0001/{task}#1", "--as", "boss", "--format", "json")
    found: list[str] = shown.document["people"]
    return found


@pytest.mark.usefixtures("case")
def test_a_task_is_delegated_and_given_back(baton: Baton) -> None:
    act = ("task", "delegate", TASK, "bo2", "--reason", "away", "--as", "boss")
    foreseen = baton(*act, "--dry-run")
    assert "stays accountable" in foreseen.out
    assert waits_for(baton) == ["boss"]
    assert baton(*act, "--id", "d-1").status == 0
    assert waits_for(baton) == ["bo2"]
    assert "recorded before" in baton(*act, "--id", "d-1").out
    assert baton("task", "release", TASK, "--as", "bo2", "--from", "boss").status == 0
    assert waits_for(baton) == ["boss"]
    history = baton("case", "history", "2026-0001", "--as", "boss", "--lang", "zh").out
    assert "责任仍由本人承担" in history


@pytest.mark.usefixtures("case")
def test_a_task_is_claimed_and_given_to_somebody_else(baton: Baton) -> None:
    assert baton("task", "claim", TASK, "--as", "boss").status == 0
    assert "R145" in baton("task", "claim", TASK, "--as", "boss").err
    refused = baton("task", "reassign", TASK, "bo2", "--reason", "x", "--as", "li")
    assert refused.status in (1, 2)
    done = baton("task", "reassign", TASK, "bo2", "--reason", "ill", "--as", "eve")
    assert done.status == 0, done.err
    assert "bo2" not in done.out
    shown = baton("task", "show", TASK, "--as", "bo2", "--format", "json").document
    assert shown["people"] == ["bo2"]
    assert baton("task", "approve", TASK, "--as", "bo2").status == 0


@pytest.mark.usefixtures("case")
def test_an_approver_is_added_and_removed(baton: Baton) -> None:
    add = ("task", "add-approver", TASK, "bo2", "--reason", "sure", "--as", "boss")
    assert baton(*add, "--place", "before").status == 0
    assert waits_for(baton) == ["bo2"]
    assert "R123" in baton(*add, "--as", "eve").err
    assert (
        baton("task", "remove-approver", TASK, "bo2", "--reason", "no", "--as", "eve").status == 0
    )
    assert waits_for(baton) == ["boss"]


@pytest.mark.usefixtures("case")
def test_a_substitute_for_some_days(baton: Baton) -> None:
    act = ("people", "substitute", "boss", "bo2", "--from", "2026-03-02", "--to", "2026/3/6")
    assert "Nothing has been written" in baton(*act, "--as", "boss", "--dry-run").out
    assert waits_for(baton) == ["boss"]
    done = baton(*act, "--as", "boss", "--format", "json", "--id", "s-1")
    assert done.document["set"][0]["by"] == "bo2"
    assert waits_for(baton) == ["bo2"]
    listed = baton("people", "substitutes", "boss", "--as", "boss")
    assert "2026-03-06" in listed.out
    assert baton("people", "substitutes", "--format", "json").document[0]["person"] == "boss"
    assert baton("people", "substitute", "boss", "--end", "--as", "boss").status == 0
    assert waits_for(baton) == ["boss"]


@pytest.mark.usefixtures("case")
def test_wrong_use_of_substitutes(baton: Baton) -> None:
    assert "C145" in baton("people", "substitute", "boss", "--as", "boss").err
    assert "C150" in baton("people", "substitute", "boss", "bo2", "--as", "boss").err
    dates = ("--from", "soon", "--to", "2026-03-06")
    assert "C150" in baton("people", "substitute", "boss", "bo2", *dates, "--as", "boss").err
