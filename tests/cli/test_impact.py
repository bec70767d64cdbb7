"""`baton diff --impact`: past cases played under two versions, in a workspace that is only read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.main import main
from tests.cli.conftest import SMALL, Baton

TEXT = SMALL.read_text("utf-8")
ACTS = (
    ("task", "approve", "resignation.manager", "--as", "boss"),
    ("task", "name", "successor", "bo", "--as", "boss"),
    ("task", "hand-over", "work_in_progress", "open_tasks=none", "documents=drive", "--as", "li"),
    ("advance", "--at", "2026-03-30 09:00"),
    ("task", "sign", "work_in_progress", "--as", "bo"),
    ("task", "hand-over", "equipment", "--as", "li"),
    ("task", "sign", "equipment", "--as", "eve"),
    ("advance", "--at", "2026-03-31 18:00"),
    ("task", "complete", "accounts.revoke", "--as", "eve"),
    ("task", "complete", "final_pay", "--as", "eve"),
)
PRIVATE = '\nfact pay "Pay" money optional private to office\nfact laptop'


@pytest.fixture(scope="module")
def past(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a case that has gone its way, with a private fact."""
    folder = tmp_path_factory.mktemp("past") / "sandbox"
    shutil.copytree(prepared, folder)
    rulebook = folder.parent / "small.rulebook"
    text = TEXT.replace("version 1.0.0", "version 1.1.0")
    rulebook.write_text(text.replace("\nfact laptop", PRIVATE), "utf-8")
    given = ("--fact", "last_day=2026-03-31", "--fact", "pay=27182 CNY")
    for command in (
        ("publish", str(rulebook), "--reason", "private"),
        ("case", "open", "growing_company", "--subject", "li", "--as", "eve", *given),
        *ACTS,
    ):
        assert main([*command, "--workspace", str(folder)]) == 0
    return folder


def everything(folder: Path) -> dict[Path, tuple[bytes, int]]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one: (one.read_bytes(), one.stat().st_mtime_ns) for one in files}


WAYS: dict[str, tuple[tuple[tuple[str, str], ...], str | None, set[tuple[str, str]]]] = {
    "nothing": ((), None, set()),
    "another approver": (
        (("step manager within", "step office within"),),
        "open",
        {("task", "Resignation · Manager"), ("task", "Resignation · Office")},
    ),
    "another person": (
        (("from leaver to office", "from leaver to manager"),
         ("by office within 2 hours", "by manager within 2 hours")),
        "hand over",
        {("people", "Laptop and keys")},
    ),
    "another day": (
        (("due 3 working days", "due 6 working days"),),
        "approve",
        {("due", "Work in progress")},
    ),
    "another notice": (
        (("remind giver 2 days before due by email", "remind giver 2 days before due by sms"),),
        None,
        {("notice", "Work in progress · e-mail"), ("notice", "Work in progress · text message")},
    ),
    "a gate that stays shut": (
        (("process leaving", 'gate pay "Pay"\n  holds "pay"\n  until keeps_customers\n\nprocess leaving'),
         ("  then action", "  then gate pay\n  then action"),
         ('  because "pay', '  releases "pay"\n  because "pay')),
        "complete",
        {("gate", "Pay"), ("task", "Final pay and papers")},
    ),
    "another process": ((("process leaving", "process going"),), None, {("act", "open · leaving")}),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_first_step_in_which_a_past_case_would_have_gone_another_way(
    past: Path, tmp_path: Path, baton: Baton, way: str
) -> None:
    changes, after, told = WAYS[way]
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "new.rulebook"
    file.write_text(text, "utf-8")
    before = everything(past)
    compared = ("diff", str(SMALL), str(file), "--impact", str(past), "--lang", "en")
    found = baton(*compared, "--format", "json").document["impact"]
    assert (found["cases"], found["unplayed"]) == (1, [])
    assert [one["after"] for one in found["partings"]] == ([after] if told else [])
    differences = [each for one in found["partings"] for each in one["differences"]]
    assert {(one["kind"], one["what"]) for one in differences} == told
    for form in ((), ("--markdown",)):
        shown = baton(*compared, *form).out
        assert f"1 played, {len(found['partings'])} would have gone another way" in shown
        assert "27182" not in shown.replace(",", "")
    assert everything(past) == before


def test_what_happened_is_told_beside_what_would_have(
    past: Path, tmp_path: Path, baton: Baton
) -> None:
    file = tmp_path / "new.rulebook"
    file.write_text(TEXT.replace("due 3 working days", "due 6 working days"), "utf-8")
    ran = baton("diff", str(SMALL), str(file), "--impact", str(past), "--lang", "zh")
    assert "以往案件：演了 1 件，1 件会走另一条路" in ran.out
    assert "期限: Work in progress: 2026-03-26 18:00 → 2026-03-23 18:00" in ran.out


def test_only_administrators_measure_and_an_attempt_writes_nothing(
    past: Path, baton: Baton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.workplace.account", lambda: "nobody-else")
    before = everything(past)
    ran = baton("diff", str(SMALL), str(SMALL), "--impact", str(past))
    assert (ran.status, ran.out) == (1, "")
    assert "R134" in ran.err
    assert everything(past) == before


def test_a_folder_without_a_workspace_is_told(baton: Baton, tmp_path: Path) -> None:
    ran = baton("diff", str(SMALL), str(SMALL), "--impact", str(tmp_path))
    assert (ran.status, ran.out) == (2, "")
    assert "C104" in ran.err
