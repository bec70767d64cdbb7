"""What is told of an act in passing: the act first, all that has room, and how much has not."""

from functools import partialmethod
from pathlib import Path

import pytest
from rich.cells import cell_len

from dsl.catalogue import Language
from engine.desk.outcome import Outcome
from engine.views.gates import GateView
from tests.tui.designing import SMALL, Studio, design
from tui.app import BatonApp
from tui.screens.told import told_shortly
from tui.shell import Shell, Undo
from tui.widgets.details import gate_lines

ACT, *OTHERS = (
    "Li Lei handed Papers over.",
    "A register was attached.",
    "A gate is open.",
    "Done.",
)
OUTCOME = Outcome(case="2026-0001", sentences=(ACT, *OTHERS), cautions=("Mind the gap.",))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_act_is_told_with_all_that_came_of_it_where_there_is_room(language: Language) -> None:
    told = told_shortly(Shell(None, language), OUTCOME, 200)
    assert told == Shell(None, language).sentences([ACT, *OUTCOME.cautions, *OTHERS])


@pytest.mark.parametrize("room", [100, 130, 160])
def test_what_has_no_room_is_counted_and_how_to_take_it_back_is_not_left_out(room: int) -> None:
    shell = Shell(None, "en")
    shell.undo = Undo("2026-0001", "", "call_back", {})
    told = told_shortly(shell, OUTCOME, room)
    here = [one for one in OTHERS if one in told]
    assert told.startswith(f"{ACT} {OUTCOME.cautions[0]} Press u")
    assert shell.say("told.more", count=len(OTHERS) - len(here)) in told or here == OTHERS
    assert cell_len(told) <= max(room, 130)


def test_where_nothing_is_told_the_act_was_done() -> None:
    assert told_shortly(Shell(None, "en"), Outcome(case="2026-0001"), 80) == "Done."


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_no_notice_is_cut(
    tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(BatonApp, "run_test", partialmethod(BatonApp.run_test, notifications=True))
    words = " ".join(f"word{number}" for number in range(60))

    async def script(studio: Studio) -> None:
        studio.app.notify(words)
        await studio.rest()
        await studio.pilot.pause()
        shown = studio.text.split()
        assert [one for one in words.split() if one not in shown] == []

    design(tmp_path / "mine.rulebook", script, text=SMALL, size=size)


@pytest.mark.parametrize("is_open", [True, False])
def test_a_gate_that_is_open_is_not_told_to_hold_anything(*, is_open: bool) -> None:
    shell = Shell(None, "en")
    gate = GateView(
        id="pay",
        title="Pay",
        open=is_open,
        waived=None,
        holds=("wages",),
        say=None,
        because=None,
        origin=None,
        obstacles=(),
        acts=(),
    )
    lines = [line.plain for line in gate_lines(shell, gate)]
    assert (shell.say("detail.holds", value="wages") in lines) is not is_open
    assert (shell.say("detail.held", value="wages") in lines) is is_open
