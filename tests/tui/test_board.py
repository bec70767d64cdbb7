"""The board: cases with their status in a word, views, the filter, a selection that stays."""

from pathlib import Path

import pytest
from textual.events import Paste
from textual.widgets import OptionList
from textual.worker import WorkerFailed

from engine.commands import Comment
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive
from tui.app import LOOK_SECONDS
from tui.screens.commands import Palette
from tui.screens.help import HelpScreen
from tui.screens.inbox import InboxScreen


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


@pytest.mark.parametrize(
    ("size", "seen"), [((200, 60), True), ((120, 40), True), ((200, 24), True), ((120, 24), False)]
)
def test_where_there_is_room_the_case_at_the_cursor_stands_beside_the_list(
    size: tuple[int, int], seen: bool
) -> None:
    player = Player().resigned()
    player.open("V", subject="V")

    async def script(terminal: Terminal) -> None:
        assert ("Papers" in terminal.text) == seen
        await terminal.press("j")
        assert terminal.app.screen.table.key == "2026-0002"
        assert "Papers" not in terminal.text
        await terminal.press("k")
        await terminal.pilot.resize_terminal(200, 60)
        await terminal.rest()
        assert "Papers" in terminal.text

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


def test_a_part_that_a_standing_screen_lacks_is_an_error_and_one_that_is_taken_down_lacks_is_none(
    player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def misspelt(screen: InboxScreen) -> None:
        screen.query_one("#no_such_part")

    async def taken_down(screen: InboxScreen) -> None:
        screen.remove()
        screen.query_one("#no_such_part")

    async def script(terminal: Terminal) -> None:
        await terminal.press("i")

    monkeypatch.setattr(InboxScreen, "show_all", taken_down)
    drive(player.service, "H1", script)
    monkeypatch.setattr(InboxScreen, "show_all", misspelt)
    with pytest.raises(WorkerFailed, match="no_such_part"):
        drive(player.service, "H1", script)


def test_what_is_next_in_order_and_the_other_way_round_is_one_key_away(player: Player) -> None:
    player.open("M", subject="M")
    player.open("V", subject="V")

    def cases(terminal: Terminal) -> list[str]:
        words = (line.split() for line in terminal.lines)
        return [one for row in words for one in row if one.startswith("2026-000")]

    async def script(terminal: Terminal) -> None:
        board = terminal.app.screen
        assert board.asked.order == "urgency"
        await terminal.press("s")
        assert board.asked.order == "id"
        assert cases(terminal) == ["2026-0001", "2026-0002", "2026-0003"]
        await terminal.press("S")
        assert cases(terminal) == ["2026-0003", "2026-0002", "2026-0001"]
        await terminal.press("s")
        assert cases(terminal) == ["2026-0003", "2026-0002", "2026-0001"]  # Wei, Ma, Li
        await terminal.press("S")
        assert cases(terminal) == ["2026-0001", "2026-0002", "2026-0003"]

    drive(player.service, "H1", script, size=(160, 30))


SEARCHES = 1000
"""So often the palette is looked at: far more than any search takes."""


async def found(terminal: Terminal, text: str) -> None:
    """Until the palette, which searches beside the keys, has found something."""
    for _ in range(SEARCHES):
        if text in terminal.text:
            return
        await terminal.pilot.pause()
    raise AssertionError(terminal.text)


def test_a_command_that_there_is_not_leads_to_all_keys(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("colon")
        await terminal.write("teleport")
        await found(terminal, "没有这样的命令")
        await terminal.press("enter", "enter")
        assert isinstance(terminal.app.screen, HelpScreen)

    drive(player.service, "H1", script, language="zh")


def test_the_palette_finds_a_command_by_a_part_of_its_name_and_carries_it_out(
    player: Player,
) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("colon")
        assert isinstance(terminal.app.screen, Palette)
        await terminal.write("inbox")
        await found(terminal, "Inbox: what waits for me")
        await terminal.press("enter", "enter")
        assert isinstance(terminal.app.screen, InboxScreen)

    drive(player.service, "H1", script)


def test_the_keys_are_searched_and_gone_through_without_leaving_the_field(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("question_mark", "down", "pagedown")
        assert terminal.app.screen.query_one(OptionList).highlighted > 1
        await terminal.write("xyzzy")
        assert "No key has such words." in terminal.text
        await terminal.press("escape", "slash")
        await terminal.write("xyzzy")
        await terminal.press("enter")
        assert "No case fits here." in terminal.text

    drive(player.service, "H1", script)


def test_a_filter_wider_than_the_screen_is_cut_with_a_sign(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("slash")
        terminal.app.post_message(Paste("name:" + "n" * 200))
        await terminal.press("enter")
        assert any("name:nnn" in line and "…" in line for line in terminal.lines)

    drive(player.service, "H1", script)


def test_what_another_does_is_seen_by_one_look_and_nothing_under_ones_hands_moves(
    player: Player,
) -> None:
    """There are two looks a second, and one is enough."""
    assert LOOK_SECONDS <= 1
    first = player.case
    others = ("M", "V", "F", "H1", "S")
    for person in others:
        player.open(person, subject=person)
    player.case = first

    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        await terminal.press("G", "slash")
        await terminal.write("status:running")
        await terminal.press("left", "left")
        field = terminal.app.screen.query_one("#filter")
        before = field.value, field.cursor_position, table.key, table.scroll_offset
        player.open("T", subject="T")
        await terminal.app._look()
        await terminal.rest()
        assert table.total == len(others) + 1
        assert (field.value, field.cursor_position, table.key, table.scroll_offset) == before
        assert field.has_focus

    drive(player.service, "H1", script, size=(80, 14))


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
