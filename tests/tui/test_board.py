"""The board: cases with their status in a word, views, the filter, a selection that stays."""

from pathlib import Path

import pytest

from engine.commands import Comment
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def test_a_case_stands_on_the_board_with_who_it_waits_for(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        (row,) = [line for line in terminal.lines if "2026-0001" in line]
        assert "▲ stuck" in row  # nobody has been named to receive
        assert "Li Lei" in row
        assert "Name the Successor" in terminal.text

    drive(player.service, "H1", script)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (160, 48), (200, 60)])
def test_all_that_is_asked_of_a_case_is_in_sight_uncut_at_every_size(
    player: Player, size: tuple[int, int]
) -> None:
    told = ("▲ stuck", "2026-0001", "Li Lei", "Engineer", "Works", "Handover", "0/2")

    async def script(terminal: Terminal) -> None:
        rows = terminal.lines
        at = next(at for at, row in enumerate(rows) if "2026-0001" in row)
        case = " ".join(rows[at : at + 2])
        for text in (*told, "in 2 d 9 h", "Name the Successor ← Ma Ming"):
            assert text in case
        assert "…" not in "".join(rows[1:])

    drive(player.service, "H1", script, size=size)


def test_whoever_has_no_part_sees_what_to_do_instead(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        assert "2026-0001" not in terminal.text
        assert "Press o to open one." in terminal.text

    drive(player.service, "T", script)


def test_views_are_one_key_away_and_counted(player: Player) -> None:
    player.at("2026-03-30T09:00")

    async def script(terminal: Terminal) -> None:
        assert "4 overdue 1" in terminal.text
        assert "8 closed 0" in terminal.text
        await terminal.press("8")
        assert "2026-0001" not in terminal.text
        await terminal.press("4")
        assert "2026-0001" in terminal.text

    drive(player.service, "H1", script, size=(160, 30))


def test_the_filter_is_typed_and_taken_away(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("slash")
        await terminal.write("name:nobody")
        assert "2026-0001" not in terminal.text
        await terminal.press("escape", "escape")
        assert "2026-0001" in terminal.text
        await terminal.press("slash")
        await terminal.write("shoe:9")
        assert "There is no column “shoe” to filter by." in terminal.text

    drive(player.service, "H1", script)


def test_what_others_do_appears_and_the_selection_stays(player: Player) -> None:
    first = player.case
    player.open("M", subject="M")
    player.open("V", subject="V")

    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        await terminal.press("j")
        chosen = table.key
        player.case = first
        player.act("H1", Comment("seen", None))
        player.open("F", subject="F")
        await terminal.app._look()
        await terminal.rest()
        assert table.total == 4
        assert table.key == chosen

    drive(player.service, "H1", script)


def test_the_language_changes_while_it_runs(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        assert "Waits for" in terminal.text
        await terminal.press("f2")
        assert "▲ 卡住" in terminal.text
        assert "Waits for" not in terminal.text

    drive(player.service, "H1", script)


def test_the_board_is_grouped_under_heads_that_cannot_be_acted_on(player: Player) -> None:
    player.open("V", subject="V")

    async def script(terminal: Terminal) -> None:
        await terminal.press("b")
        assert "Works  1 cases · 1 stuck · 0 late" in terminal.text
        assert "grouped by Department" in terminal.text
        await terminal.press("g")
        assert terminal.app.screen.table.key is None
        await terminal.press("space", "enter", "a")
        assert terminal.app.screen.table.marks == set()
        await terminal.press("b", "b", "b")
        assert "1 stuck" not in terminal.text

    drive(player.service, "H1", script, size=(160, 30))


def test_a_view_of_ones_own_is_kept_shown_and_forgotten(
    player: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))

    async def script(terminal: Terminal) -> None:
        await terminal.press("c", "space", "escape")
        assert "Status" not in terminal.text
        await terminal.press("slash")
        await terminal.write("name:nobody")
        await terminal.press("enter", "v")
        await terminal.write("nobody's")
        await terminal.press("enter")
        await terminal.press("escape", "v")
        assert "nobody's" in terminal.text
        await terminal.press("enter")
        assert "2026-0001" not in terminal.text
        assert terminal.app.screen.asked.words == "name:nobody"
        await terminal.press("v", "delete", "v")
        assert "nobody's" not in terminal.lines[10]

    drive(player.service, "H1", script, size=(120, 30))
