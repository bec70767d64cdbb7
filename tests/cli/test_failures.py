"""What a command ends with: every code of the command line and of workspaces in both languages."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from cli.failures import explained
from cli.texts import MESSAGES
from dsl.catalogue import MESSAGES as LANGUAGE
from dsl.catalogue import Catalogue, Language
from engine.store.failure import BusyError, StoreFailure
from engine.texts import MESSAGES as ENGINE
from engine.world import CalendarMissingError
from tests.cli.conftest import ROOT, SMALL, Baton

VALUES = {
    "C101": "folder",
    "C102": "folder",
    "C103": "folder reason",
    "C104": "folder",
    "C105": "folder format reason",
    "C106": "zone",
    "C107": "folder",
    "C110": "problem",
    "C111": "argument",
    "C112": "name people",
    "C113": "rulebook known",
    "C114": "process known",
    "C115": "tries",
    "C116": "calendar",
    "C117": "file reason",
    "C118": "text",
    "C119": "name",
    "C120": "task known",
    "C121": "task",
    "C122": "feed known",
    "C123": "name",
    "C124": "names",
    "C125": "code",
    "C126": "name known",
    "C127": "",
    "C128": "width",
    "C129": "at",
    "C130": "role known",
    "C131": "",
    "C132": "file reason",
    "C133": "name",
    "C134": "name",
    "C135": "",
    "C136": "file reason",
    "C137": "reason",
    "C138": "folder",
    "C142": "view known",
    "C143": "",
    "C144": "port",
    "C145": "",
    "C146": "port reason",
    "C147": "name",
    "C148": "name known",
    "C150": "value",
    "C151": "name known",
    "C152": "name",
    "C153": "",
    "C154": "rulebook known",
    "C160": "",
    "C161": "",
    "C170": "file reason",
    "C171": "name known",
    "C172": "file reason",
    "C173": "folder",
    "C174": "name known",
    "C180": "range name",
    "C181": "name",
    "C182": "name reason",
    "C183": "name reason",
    "C199": "error place kept",
}


def catalogue_of(code: str) -> Catalogue:
    return MESSAGES if MESSAGES.has("en", f"{code}.title") else ENGINE


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("code", VALUES)
def test_a_code_says_all_its_values_and_needs_no_other(code: str, language: Language) -> None:
    names = VALUES[code].split()
    values = {name: f"<{name} {{x}}\x1b>" for name in names}
    found = explained(language, code, values, catalogue_of(code))
    for name in names:
        assert f"<{name} {{x}}<U+001B>>" in found.text
    assert found.title
    assert found.hint


def test_every_code_of_the_command_line_is_listed() -> None:
    files = [*(ROOT / "cli").rglob("*.py"), ROOT / "engine" / "workspace.py"]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    assert sorted(set(re.findall(r'"(C\d{3})"', text))) == sorted(VALUES)


@pytest.mark.usefixtures("sandbox")
@pytest.mark.parametrize(
    ("failure", "code"),
    [
        (StoreFailure("K101", file="ledger", reason="disk full"), "K101"),
        (BusyError("64"), "C115"),
        (CalendarMissingError("XX"), "C116"),
    ],
)
def test_what_fails_under_a_command_is_told_with_its_code(
    baton: Baton, monkeypatch: pytest.MonkeyPatch, failure: Exception, code: str
) -> None:
    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr("engine.service.Service.scope", fail)
    monkeypatch.setattr("cli.workplace.Workplace.actor", fail)
    ran = baton("case", "list", "--as", "li")
    assert ran.status == 1
    assert ran.err.startswith(f"{code} ")
    assert ran.err.count("\n") == 3


def test_a_repaired_ledger_is_mentioned(baton: Baton, sandbox: Path) -> None:
    ledger = max((sandbox / "ledger").iterdir(), key=lambda one: one.stat().st_size)
    with ledger.open("ab") as file:
        file.write(b"\x00\x00\x00\x20torn")
    ran = baton("verify")
    assert ran.status in (0, 1)
    assert "K1" in ran.err + ran.out


LONG = "n" * 300
"""Longer than the name of a file can be."""


@pytest.mark.parametrize(
    "arguments",
    [
        ("new", LONG, "--from", "base_offboarding"),
        ("diff", f"{LONG}/a", str(SMALL)),
        ("--workspace", LONG, "case", "list"),
        ("restore", LONG),
    ],
    ids=["new", "diff", "workspace", "restore"],
)
def test_a_name_that_is_too_long_is_told_with_its_code(
    baton: Baton, arguments: tuple[str, ...]
) -> None:
    ran = baton(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"baton: C136: {LONG}")


def test_what_the_operating_system_says_is_told_in_the_readers_language(baton: Baton) -> None:
    ran = baton("check", "nowhere.rulebook", "--lang", "zh")
    assert LANGUAGE.say("zh", "errno.ENOENT") in ran.err
    assert "No such" not in ran.err


def test_output_that_cannot_be_written_is_told_with_its_code() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "cli.main", "check", str(SMALL)],
            stdout=full, stderr=subprocess.PIPE, text=True, cwd=ROOT, timeout=60, check=False,
        )  # fmt: skip
    assert ran.returncode == 2
    assert ran.stderr.startswith("baton: C137: ")
    assert ran.stderr.count("\n") == 1


def test_a_project_file_nested_too_deeply_is_told(baton: Baton, tmp_path: Path) -> None:
    (tmp_path / "baton.toml").write_text(f"a={'[' * 5000}{']' * 5000}\n", encoding="utf-8")
    file = tmp_path / "a.rulebook"
    file.write_text('rulebook a "A"\n  version 1.0.0\n  extends nothing 1.x\n', encoding="utf-8")
    ran = baton("check", str(file))
    assert ran.status == 2
    assert ran.err.startswith("baton: C170: ")
