"""The screens beside the board: notices, who holds what, lateness, days per stage."""

import pytest

from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive

SCREENS = {
    "n": "Notices",
    "w": "Who holds what",
    "p": "who stands in",
    "t": "Lateness",
    "T": "Days per stage",
}


@pytest.fixture
def player() -> Player:
    player = Player().resigned()
    player.at("2026-03-30T09:00")
    return player


@pytest.mark.parametrize("key", SCREENS)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_every_screen_is_filtered_and_left_again(
    player: Player, key: str, size: tuple[int, int]
) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press(key)
        assert SCREENS[key] in terminal.lines[0]
        total = terminal.app.screen.table.total
        assert total
        await terminal.press("slash")
        await terminal.write("no such words")
        assert terminal.app.screen.table.total == 0
        await terminal.press("escape")
        assert terminal.app.screen.table.total == total
        await terminal.press("f2", "f2", "escape")
        assert "2026-0001" in terminal.text

    drive(player.service, "H1", script, size=size)


@pytest.mark.parametrize("key", sorted(SCREENS.keys() - {"p"}))
def test_an_empty_screen_says_what_to_do(key: str) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press(key)
        assert terminal.app.screen.table.empty in terminal.text

    drive(Player().service, "H1", script)


def test_notices_are_parted_by_whether_they_were_sent(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("n", "2", "space")
        assert terminal.app.screen.table.marks == set()
        assert "✔ sent" in terminal.text
        await terminal.press("3")
        assert "✔ sent" not in terminal.text
        await terminal.press("2", "enter")
        assert "Checklist" in terminal.text

    drive(player.service, "H1", script)


def test_who_holds_a_thing_changes_when_it_is_taken_over(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("w")
        (row,) = [line for line in terminal.lines if "Papers" in line and "Task" not in line][:1]
        assert "Li Lei" in row
        assert "not yet over" in row

    drive(player.service, "H1", script)


def test_lateness_is_told_by_a_shade_a_number_and_a_colour(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("t")
        row = next(line for line in terminal.lines if "Papers" in line)
        assert "███ 1/1 +" in row
        assert "Engineer" in terminal.text

    drive(player.service, "H1", script)


def test_the_case_that_stands_longest_is_one_key_away(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("T", "G")
        assert "2026-0001 has stood here longest" in terminal.text
        await terminal.press("enter")
        assert "Checklist" in terminal.text

    drive(player.service, "H1", script)
