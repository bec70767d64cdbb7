"""`baton check`: problems, and the fixes that it makes."""

import io
import json
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from engine.clock import SystemClock
from tests.cli.conftest import SMALL, Baton

BROKEN = 'rulebook x "X"\n  version 1.0.0\nfact a A" text\nfact b "B" money\n  default 5\n'


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file with one slip that has one remedy, and one that may mean something else."""
    file = tmp_path / "broken.rulebook"
    file.write_text(BROKEN, encoding="utf-8")
    file.chmod(0o640)
    return file


def test_without_fix_nothing_is_written(baton: Baton, broken: Path) -> None:
    assert baton("check", str(broken)).status == 1
    assert broken.read_text(encoding="utf-8") == BROKEN


def test_roles_that_the_people_cannot_fill_are_told(baton: Baton, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name,manager\nboss,Ann Boss,\nli,Li Wei,boss\n", encoding="utf-8")
    ran = baton("check", str(SMALL), "--people", str(people), "--format", "json")
    found = json.loads(ran.out)
    assert [(one["code"], one["labels"][0]["line"]) for one in found] == [("W510", 19)]
    assert ran.status == 0
    text = SMALL.read_text(encoding="utf-8")
    allowed = tmp_path / "allowed.rulebook"
    office = 'role office "Office" is anyone in group "Office"\n'
    allowed.write_text(
        text.replace(office, f'{office}  allow W510 because "from May"\n'), encoding="utf-8"
    )
    ran = baton("check", str(allowed), "--people", str(people), "--fail-level", "warning")
    assert ran.status == 0
    assert baton("check", str(allowed), "--fail-level", "warning").status == 0


@pytest.mark.usefixtures("sandbox")
def test_people_who_leave_count_by_the_day_of_the_workspace(
    baton: Baton, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sandbox stands at 2026-03-02 09:00 in Shanghai."""

    def told(left: str) -> list[str]:
        people = tmp_path / "people.csv"
        rows = f"boss,Ann Boss,,Office,{left}\nli,Li Wei,boss,,\n"
        people.write_text(f"id,name,manager,groups,left\n{rows}", encoding="utf-8")
        found = baton("check", str(SMALL), "--people", str(people), "--format", "json").document
        return [one["code"] for one in found]

    assert told("2026-03-02") == []
    assert told("2026-03-01") != []
    monkeypatch.setenv("BATON_WORKSPACE", str(tmp_path / "none"))
    monkeypatch.setattr(SystemClock, "now", lambda _: datetime(2026, 3, 2, 20, tzinfo=UTC))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert told("2026-03-02") != []
        assert told("2026-03-03") == []
    finally:
        monkeypatch.undo()
        time.tzset()


def test_people_that_cannot_be_read_are_told_and_nothing_is_checked(
    baton: Baton, tmp_path: Path
) -> None:
    people = tmp_path / "people.csv"
    people.write_text("id,name\nboss,\n", encoding="utf-8")
    ran = baton("check", str(SMALL), "--people", str(people))
    assert ran.status == 1
    assert "people.csv" in ran.out
    assert baton("check", str(SMALL), "--departments", str(people)).status == 2


def test_fix_writes_what_is_sure_and_tells_the_rest(baton: Baton, broken: Path) -> None:
    ran = baton("check", "--fix", str(broken))
    assert ran.status == 1
    assert f'{broken}:3:8: E105 fixed: put `"` here\n' in ran.out
    assert "E302" in ran.out
    assert f"{broken}: 1 more can be fixed" in ran.out
    assert broken.read_text(encoding="utf-8") == BROKEN.replace('A" text', '"A" text')
    assert broken.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_a_trial_writes_nothing(baton: Baton, broken: Path, option: str) -> None:
    ran = baton("check", "--fix", option, str(broken))
    assert "E105 fixed" in ran.out
    assert ('+fact a "A" text' in ran.out) is (option == "--diff")
    assert broken.read_text(encoding="utf-8") == BROKEN


@pytest.mark.parametrize(("answer", "text"), [("y\n", "default 5 USD"), ("\n", "default 5\n")])
def test_the_others_are_asked(
    baton: Baton, broken: Path, monkeypatch: pytest.MonkeyPatch, answer: str, text: str
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    ran = baton("check", "--fix", "--ask", str(broken))
    assert "Make this fix?" in ran.out
    assert "more can be fixed" not in ran.out
    assert text in broken.read_text(encoding="utf-8")


def test_what_somebody_else_wrote_meanwhile_is_kept(
    baton: Baton, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = BROKEN.replace('"X"', '"Theirs"')

    def readline() -> str:
        broken.write_text(theirs, encoding="utf-8")
        return "y\n"

    monkeypatch.setattr(sys, "stdin", SimpleNamespace(readline=readline))
    ran = baton("check", "--fix", "--ask", str(broken))
    assert ran.status == 2
    assert "C132" in ran.err
    assert broken.read_text(encoding="utf-8") == theirs
    assert list(broken.parent.iterdir()) == [broken]


def test_programs_get_what_was_fixed_and_what_is_left(baton: Baton, broken: Path) -> None:
    ran = baton("--format", "json", "check", "--fix", "--dry-run", str(broken), str(SMALL))
    first, second = json.loads(ran.out)
    assert [each["code"] for each in first["fixed"]] == ["E105"]
    assert first["fixed"][0]["fix"]["sure"] is True
    assert "E302" in {each["code"] for each in first["diagnostics"]}
    assert (second["fixed"], second["text"]) == ([], SMALL.read_text(encoding="utf-8"))


def test_the_standard_input_is_checked(baton: Baton, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(BROKEN.encode())))
    ran = baton("check", "-")
    assert ran.status == 1
    assert "--> -:3:8" in ran.out


def test_an_input_without_end_has_one() -> None:
    command = [sys.executable, "-m", "cli.main", "--lang", "en", "check", "-"]
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        ran = subprocess.run(
            command, stdin=endless.stdout, capture_output=True, text=True, timeout=60, check=False
        )
        endless.kill()
    assert ran.returncode == 1
    assert "E005" in ran.stdout
