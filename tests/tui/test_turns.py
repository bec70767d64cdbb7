"""Keys that come in one burst have their effects one after another; a notice stands in nobody's way."""

import pytest
from textual.widgets import Input

from engine.events import Commented
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive
from tui.screens.board import BoardScreen
from tui.screens.case import CaseScreen
from tui.screens.filling import FormScreen
from tui.screens.inbox import InboxScreen


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def test_letters_right_after_the_slash_are_the_filter_and_no_commands(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        terminal.hurry("/", *"overdue", "enter", "b")
        await terminal.rest()
        board = terminal.app.screen
        assert isinstance(board, BoardScreen)
        assert board.asked.words == "overdue"
        assert board.asked.group != "none"
        assert board.table.has_focus

    drive(player.service, "H1", script)


def test_letters_right_after_a_screen_is_left_are_for_the_one_below(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        terminal.hurry("enter", "escape", "i", "/", *"papers", "enter")
        await terminal.rest()
        inbox = terminal.app.screen
        assert isinstance(inbox, InboxScreen)
        assert inbox.words == "papers"

    drive(player.service, "L", script)


def test_a_whole_act_can_be_typed_at_once(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        terminal.hurry("enter", "a", "m", *"hullabaloo", "ctrl+s")
        await terminal.rest()
        assert isinstance(terminal.app.screen, CaseScreen)

    drive(player.service, "H1", script)
    assert [event.text for event in player.of(Commented)] == ["hullabaloo"]


def test_a_key_that_is_held_down_moves_as_often_as_it_comes(player: Player) -> None:
    for _ in range(9):
        player.open("V", subject="V", beside="again")

    async def script(terminal: Terminal) -> None:
        terminal.hurry(*"jjjjjjjjjj", "k", "k", "enter", "escape", "j")
        await terminal.rest()
        assert terminal.app.screen.table.cursor == 8

    drive(player.service, "H1", script)


def test_keys_that_edit_are_not_overtaken_by_letters(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "a", "d")
        form = terminal.app.screen
        assert isinstance(form, FormScreen)
        entries = list(form.query(Input))
        entries[0].focus()
        entries[0].value = ""
        terminal.hurry(*"abc", "backspace", "d", "tab", *"xyz", "shift+tab", "e")
        await terminal.rest()
        assert [one.value for one in entries[:2]] == ["abde", "xyz"]

    drive(player.service, "H1", script)


def test_a_notice_takes_the_place_of_the_one_before_and_goes_with_the_next_key(
    player: Player,
) -> None:
    async def script(terminal: Terminal) -> None:
        app = terminal.app
        app.notify("first", markup=False)
        app.notify("second", markup=False)
        await terminal.rest()
        (notice,) = app._notifications
        assert notice.message == "second"
        await terminal.press("j")
        assert notice in app._notifications  # it may not have been read yet
        notice.raised_at -= 2
        await terminal.press("j")
        assert notice not in app._notifications

    drive(player.service, "H1", script)
