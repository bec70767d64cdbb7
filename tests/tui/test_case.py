"""One case on the screen: panes that share a selection, at every size."""

import pytest

from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def test_all_panes_stand_side_by_side_where_there_is_room(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter")
        text = terminal.text
        assert "✔ done" in text  # checklist
        assert "┌─" in text  # graph
        assert "nobody must name the Mentor." in text  # timeline
        assert "Facts" in text  # details

    drive(player.service, "H1", script, size=(160, 48))


def test_a_narrow_terminal_shows_one_pane_at_a_time(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter")
        assert "┌─" not in terminal.text
        await terminal.press("2")
        assert "┌─" in terminal.text
        await terminal.press("3")
        assert "Ma Ming approved" in terminal.text
        await terminal.press("tab")
        assert "Facts" in terminal.text

    drive(player.service, "H1", script, size=(80, 24))


def test_the_selection_is_shared(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "G")
        case = terminal.app.screen
        assert case.about.startswith("gate:")
        assert "Holds:" in terminal.text
        await terminal.press("g")
        assert case.about.endswith("resignation.manager#1")
        assert case.query_one("#graph")._picked is not None
        await terminal.press("j", "j", "space", "space", "a")
        assert "2 marked" in terminal.text

    drive(player.service, "H1", script, size=(160, 48))


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_who_holds_what_is_a_pane_that_shares_the_selection(
    player: Player, size: tuple[int, int]
) -> None:
    player.name("M", "successor", "S")
    player.papers_done()
    papers = player.item("papers").id

    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "6")
        case = terminal.app.screen
        assert ("┌─" in terminal.text) is False
        table = case.holders.table
        (row,) = [line for line in terminal.lines if "✔ taken over" in line]
        assert all(name in row for name in ("Papers", "Li Lei", "Han One"))
        await terminal.press("g")
        while table.key != papers:
            await terminal.press("j")
        assert case.about == papers
        assert "Han One answers for it now · proof 2026-0001#" in " ".join(terminal.text.split())
        await terminal.press("1")
        assert case.query_one("#checklist").key == papers
        await terminal.press("G", "6")
        assert table.key == papers  # a gate is handed over to nobody

    drive(player.service, "H1", script, size=size)


def test_the_timeline_is_searched(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "slash")
        await terminal.write("approved")
        assert "Ma Ming approved" in terminal.text
        assert "Li Lei opened" not in terminal.text
        await terminal.press("escape")
        assert "Ma Ming approved" in terminal.text
        await terminal.press("escape")
        assert "Waits for" in terminal.text

    drive(player.service, "H1", script, size=(120, 60))


def test_a_private_fact_is_shown_to_its_roles_alone(player: Player) -> None:
    async def shown(terminal: Terminal) -> None:
        await terminal.press("enter")
        assert "18,000 CNY" in terminal.text

    async def hidden(terminal: Terminal) -> None:
        await terminal.press("enter")
        assert "18,000" not in terminal.text
        assert "Salary" not in terminal.text

    drive(player.service, "H1", shown, size=(160, 60))
    drive(player.service, "L", hidden, size=(160, 60))


def test_the_case_in_time_shares_the_selection(player: Player) -> None:
    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "5")
        assert "2026-03" in terminal.text
        assert "no working day" in terminal.text
        before = terminal.app.screen.about
        await terminal.press("k")
        chosen = terminal.app.screen.about
        assert chosen != before
        await terminal.press("1")
        assert terminal.app.screen.query_one("#checklist").key == chosen

    drive(player.service, "H1", script, size=(120, 40))
