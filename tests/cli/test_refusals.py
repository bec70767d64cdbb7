"""What was tried beyond somebody's authority can be listed by those whose business it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Baton


def attempts(baton: Baton, *arguments: str) -> list[tuple[str, str, str]]:
    ran = baton("refusal", "list", "--format", "json", *arguments)
    assert ran.status == 0, ran.out + ran.err
    return [(one["person"], one["case"], one["code"]) for one in ran.document]


def test_acts_looks_and_substitutes_are_listed_the_latest_first(baton: Baton, case: str) -> None:
    assert baton("case", "show", case, "--as", "bo").status == 1
    assert baton("case", "comment", case, "hello", "--as", "li").status == 0
    assert baton("case", "withdraw", case, "--reason", "no", "--as", "boss").status == 1
    absent = ("people", "substitute", "boss", "li", "--from", "2026-03-03", "--to", "2026-03-04")
    assert baton(*absent, "--as", "bo").status in (0, 1)
    found = attempts(baton)
    assert ("bo", case, "R100") in found
    assert ("boss", case, "R101") in found
    assert found.index(("boss", case, "R101")) < found.index(("bo", case, "R100"))
    assert attempts(baton, "--person", "bo", "--case", case) == [("bo", case, "R100")]
    text = baton("refusal", "list", "--case", case).out
    assert "look at" in text
    assert "R100" in text
    assert baton("case", "show", "2026-9999", "--as", "bo").status == 1
    assert attempts(baton, "--case", "2026-9999") == []


def test_others_than_administrators_see_what_was_tried_in_cases_that_they_manage(
    baton: Baton, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert baton("case", "show", case, "--as", "bo").status == 1
    monkeypatch.setattr("cli.workplace.account", lambda: "nobody-else")
    refused = baton(
        "publish", "rulebooks/growing_company.rulebook", "--reason", "mine", "--as", "li"
    )
    assert "R134" in refused.err
    assert attempts(baton, "--as", "li") == []
    assert attempts(baton, "--as", "eve") == [("bo", case, "R100")]
    monkeypatch.undo()


def test_the_attempts_of_strangers_are_kept(
    baton: Baton, sandbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as there:
        there.setattr("cli.workplace.account", lambda: "mallory")
        assert "R134" in baton("backup", str(sandbox.parent / "copy"), "--as", "li").err
    assert attempts(baton, "--person", "account:mallory") == [("account:mallory", "", "R134")]
