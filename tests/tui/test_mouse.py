"""Whatever keys do on the board, the mouse does too."""

import pytest
from textual.events import MouseScrollDown

from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive
from tui.screens.case import CaseScreen
from tui.screens.help import HelpScreen
from tui.screens.inbox import InboxScreen
from tui.widgets.keys import NAMES, key_of, told_as


@pytest.fixture
def player() -> Player:
    player = Player().resigned()
    for person in ("M", "V", "F", "H1"):
        player.open(person, subject=person)
    return player


async def press(terminal: Terminal, text: str, times: int = 1) -> None:
    """Press with the mouse where a text stands on the screen."""
    await terminal.pilot.click(offset=place(terminal, text), times=times)
    await terminal.rest()


def place(terminal: Terminal, text: str) -> tuple[int, int]:
    y, line = next((at, line) for at, line in enumerate(terminal.lines) if text in line)
    return line.index(text) + 1, y


def test_a_press_selects_two_open_and_the_wheel_scrolls(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        await press(terminal, "2026-0002")
        assert table.key == "2026-0002"
        on_screen = place(terminal, "2026-0002")
        await terminal.pilot._post_mouse_events([MouseScrollDown], offset=on_screen)
        await terminal.rest()
        assert table.scroll_offset.y > 0
        assert table.key == "2026-0002"
        await press(terminal, "2026-0003", times=2)
        assert isinstance(terminal.app.screen, CaseScreen)
        assert terminal.app.screen.case == "2026-0003"
        await press(terminal, "3 Timeline")
        assert terminal.app.screen.has_class("-timeline")

    drive(player.service, "H1", script, size=(80, 16))


def test_views_the_order_and_the_keys_at_the_foot_are_pressed(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        board = terminal.app.screen
        await press(terminal, "8 closed")
        assert board.asked.view == "closed"
        await press(terminal, "by urgency")
        assert board.asked.order == "id"
        await press(terminal, "i inbox")
        assert isinstance(terminal.app.screen, InboxScreen)
        await press(terminal, "esc back")
        await press(terminal, "1-9 view")
        assert isinstance(terminal.app.screen, HelpScreen)

    drive(player.service, "H1", script, size=(80, 24))


@pytest.mark.parametrize("key", [*NAMES, "a", "T", "+", "-", "ctrl+s", "f1", "f10"])
def test_a_key_is_known_by_how_it_is_told(key: str) -> None:
    assert key_of(told_as(key)) == key


@pytest.mark.parametrize("several", ["1-9", "n w t T", "↵ a"])
def test_several_keys_at_once_lead_to_what_tells_them_apart(several: str) -> None:
    assert key_of(several) == "f1"
