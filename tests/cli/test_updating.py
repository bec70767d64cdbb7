"""`baton test --update`: what fails is offered in words that hold, and written where it is accepted."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from cli.texts import MESSAGES
from tests.cli.conftest import SMALL, Baton

DUE = "expect item customers due 2026-03-24"


class Terminal(io.StringIO):
    """Somebody who types answers."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two scenarios with an expectation each that does not hold, and a comment beside one."""
    text = SMALL.read_text("utf-8").replace("expect case closed", "expect case withdrawn  # hm", 1)
    file = tmp_path / "changed.rulebook"
    file.write_text(text.replace(DUE, DUE.replace("24", "25")), "utf-8")
    return file


@pytest.fixture
def wanted(file: Path) -> str:
    return file.read_text("utf-8").replace("withdrawn", "closed").replace("03-25", "03-24")


def test_without_a_terminal_changes_are_shown_and_nothing_is_written(
    baton: Baton, file: Path
) -> None:
    before = file.read_bytes()
    ran = baton("test", str(file), "--update")
    assert (ran.status, file.read_bytes()) == (1, before)
    assert "-  expect case withdrawn  # hm\n+  expect case closed  # hm\n" in ran.out
    assert f"+  {DUE}\n" in ran.out
    assert "--accept" in ran.out


def test_accepted_changes_are_all_printed_and_written(
    baton: Baton, file: Path, wanted: str
) -> None:
    ran = baton("test", str(file), "--update", "--accept")
    assert (ran.status, file.read_text("utf-8")) == (0, wanted)
    assert "+  expect case closed  # hm\n" in ran.out
    assert f"+  {DUE}\n" in ran.out
    assert "--accept" not in ran.out


def test_at_a_terminal_each_change_is_asked_about(
    baton: Baton, file: Path, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal("n\n是\n"))
    ran = baton("test", str(file), "--update", "--lang", "zh")
    assert ran.status == 1
    assert file.read_text("utf-8") == wanted.replace("closed  # hm", "withdrawn  # hm")


class BreakingOff(Terminal):
    """Somebody who has no more answers and presses Ctrl-C."""

    def readline(self, *_: object) -> str:  # type: ignore[override]
        answer = super().readline()
        if not answer:
            raise KeyboardInterrupt
        return answer


def test_whoever_breaks_off_keeps_what_was_accepted_and_is_told(
    baton: Baton, file: Path, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = file.read_text("utf-8")
    monkeypatch.setattr(sys, "stdin", BreakingOff("n\n"))
    ran = baton("test", str(file), "--update")
    assert (ran.status, file.read_text("utf-8")) == (130, before)
    assert MESSAGES.say("en", "update.none") in ran.err
    monkeypatch.setattr(sys, "stdin", BreakingOff("y\n"))
    ran = baton("test", str(file), "--update")
    assert (ran.status, file.read_text("utf-8")) == (130, wanted.replace("03-24", "03-25"))
    assert MESSAGES.say("en", "update.kept") in ran.err


def test_programs_read_what_would_be_changed_and_what_was(baton: Baton, file: Path) -> None:
    (shown,) = baton("test", str(file), "--update", "--format", "json").document
    lines = [
        (one["before"].strip(), one["after"].strip(), one["accepted"]) for one in shown["updates"]
    ]
    assert lines == [
        ("expect case withdrawn  # hm", "expect case closed  # hm", False),
        (DUE.replace("24", "25"), DUE, False),
    ]
    (made,) = baton("test", str(file), "--update", "--accept", "--format", "json").document
    assert [one["accepted"] for one in made["updates"]] == [True, True]
    assert all(one["held"] for one in made["scenarios"])


def test_what_cannot_be_said_is_told(baton: Baton, file: Path) -> None:
    """An item that does not apply has no due date."""
    text = file.read_text("utf-8").replace("expect case withdrawn", DUE)
    file.write_text(text, "utf-8")
    (shown,) = baton(
        "test", str(file), "quiet_exit", "--update", "--accept", "--format", "json"
    ).document
    assert [(one["after"], one["accepted"]) for one in shown["updates"]] == [(None, False)]
    told = baton("test", str(file), "quiet_exit", "--update", "--accept").out
    assert MESSAGES.say("en", "update.unsaid") in told
    assert file.read_text("utf-8") == text


def test_accepting_belongs_to_updating(baton: Baton, file: Path) -> None:
    ran = baton("test", str(file), "--accept")
    assert ran.status == 2
    assert "--update" in ran.err
