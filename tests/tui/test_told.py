"""What is told of an act in passing: the act first, all that has room, and how much has not."""

import pytest
from rich.cells import cell_len

from dsl.catalogue import Language
from engine.desk.outcome import Outcome
from tui.screens.told import told_shortly
from tui.shell import Shell, Undo

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
