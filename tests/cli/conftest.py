"""A small company in a sandbox, made once and copied for every test that changes it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cli.main import main

ROOT = Path(__file__).parents[2]
DATA = Path(__file__).parent / "data"
SMALL = ROOT / "rulebooks" / "growing_company.rulebook"
CONSTRUCTION = ROOT / "rulebooks" / "construction.rulebook"


class Ran:
    """What a command gave: its exit code and what it printed."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def document(self) -> Any:
        return json.loads(self.out)


Baton = Callable[..., Ran]


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "BATON_WORKSPACE", "BATON_ACTOR", "COLUMNS", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def baton(capfd: pytest.CaptureFixture[str]) -> Baton:
    def run(*arguments: str) -> Ran:
        capfd.readouterr()
        status = main(list(arguments))
        return Ran(status, *capfd.readouterr())

    return run


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("prepared") / "sandbox"
    here = ["--workspace", str(folder)]
    for arguments in (
        ["init", "--sandbox", "--timezone", "Asia/Shanghai"],
        ["people", "import", str(DATA / "people.csv")],
        ["advance", "--at", "2026-03-02 09:00"],
        ["publish", str(SMALL), "--reason", "first version"],
    ):
        assert main([*arguments, *here]) == 0
    return folder


@pytest.fixture
def sandbox(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small company's sandbox; commands use it."""
    folder = tmp_path / "sandbox"
    shutil.copytree(prepared, folder)
    monkeypatch.setenv("BATON_WORKSPACE", str(folder))
    return folder


@pytest.fixture
def case(sandbox: Path, baton: Baton) -> str:
    """A case of Li Wei in the sandbox, just opened."""
    assert sandbox.is_dir()
    ran = baton("case", "open", "growing_company", "--as", "li", "--fact", "last_day=2026-03-31")
    assert ran.status == 0, ran.err
    return "2026-0001"
