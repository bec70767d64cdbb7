"""A screen that cannot go on: the screens end, one line says so, and nothing is lost or given away."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial, partialmethod
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from cli.main import main
from tests.tui.designing import SMALL
from tui.app import BatonApp
from tui.screens.designer import DesignerScreen

Script = Callable[[Pilot[object]], Coroutine[Any, Any, None]]
PRIVATE = "what nobody else shall read"


async def write_and_meet_a_defect(pilot: Pilot[object]) -> None:
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, DesignerScreen)
    screen.editor.insert(f"# {PRIVATE}\n", (0, 0))
    pilot.app.call_later(partial(divide, PRIVATE))
    await pilot.pause()


async def wait_in_vain(pilot: Pilot[object]) -> None:
    await pilot.pause()
    pilot.app.run_worker(divide_later(PRIVATE))
    await pilot.pause()


def divide(text: str) -> None:
    raise ZeroDivisionError(text)


async def divide_later(text: str) -> None:
    divide(text)


@pytest.fixture(autouse=True)
def _headless(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TEXTUAL_DRIVER", "one that is not asked")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


@pytest.mark.parametrize("script", [write_and_meet_a_defect, wait_in_vain])
def test_a_defect_of_a_screen_ends_them_all_with_one_line_and_keeps_what_is_not_saved(
    script: Script,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    headless = partialmethod(BatonApp.run, headless=True, auto_pilot=script)
    monkeypatch.setattr(BatonApp, "run", headless)
    file = tmp_path / "mine.rulebook"
    file.write_text(SMALL, "utf-8")
    assert main(["design", str(file), "--lang", "zh"]) == 2
    told = capsys.readouterr()
    (details,) = tmp_path.glob("baton-*.txt")
    assert told.out == ""
    assert told.err.startswith("baton: C199: ")
    assert told.err.count("\n") == 1
    assert f"ZeroDivisionError，位于 {Path(__file__).name}:" in told.err
    assert str(details) in told.err
    assert PRIVATE not in told.err + details.read_text("utf-8")
    assert "divide" in details.read_text("utf-8")
    aside = tmp_path / ".mine.rulebook.unsaved"
    if script is write_and_meet_a_defect:
        assert aside.read_text("utf-8") == f"# {PRIVATE}\n{SMALL}"
    else:
        assert not aside.exists()
    assert file.read_text("utf-8") == SMALL
