"""Acting on all that is marked: foreseen for each, done to each, refused for some."""

from engine.commands import Comment
from engine.events import Approved, Commented
from tests.engine.sample.company import Player
from tests.tui.driving import Terminal, drive


def test_marked_tasks_are_approved_one_by_one_and_the_refused_ones_are_told() -> None:
    player = Player()
    cases = [player.open(), player.open("T", subject="T"), player.open("S", subject="S")]

    async def script(terminal: Terminal) -> None:
        await terminal.press("i", "space", "space", "space", "a")
        assert "3 marked" in terminal.text
        await terminal.press("a")
        await terminal.write("all the best")
        await terminal.press("ctrl+s")
        assert "would be done to 3 of 3" in terminal.text
        assert player.of(Approved) == []
        # While the list is looked at, somebody else settles one of them.
        player.case = cases[1]
        player.approve("M", "resignation.manager")
        await terminal.press("ctrl+s")
        assert "done to 2 of 3, refused for 1" in terminal.text
        assert "R1" in terminal.text
        await terminal.press("ctrl+s", "escape")

    drive(player.service, "M", script, size=(140, 40))
    for case in cases:
        player.case = case
        assert len(player.of(Approved)) == 1


def test_marked_cases_are_commented_together() -> None:
    player = Player()
    cases = [player.open("H1", subject="L"), player.open("H1", subject="T")]

    async def script(terminal: Terminal) -> None:
        await terminal.press("space", "space", "a", "m")
        await terminal.write("closing the site")
        await terminal.press("ctrl+s", "ctrl+s")
        assert "done to 2 of 2" in terminal.text

    drive(player.service, "H1", script, size=(140, 40))
    for case in cases:
        player.case = case
        assert [event.text for event in player.of(Commented)] == ["closing the site"]


def test_nothing_is_done_to_many_before_it_is_seen_what_that_would_be() -> None:
    player = Player()
    player.open("H1", subject="L")
    player.open("H1", subject="T")

    async def script(terminal: Terminal) -> None:
        await terminal.press("space", "space", "a", "m")
        await terminal.write("closing the site")
        terminal.hurry("ctrl+s", "ctrl+s")
        await terminal.rest()
        assert "would be done to 2 of 2" in terminal.text

    drive(player.service, "H1", script, size=(140, 40))
    assert player.of(Commented) == []


def test_marks_stay_with_their_cases_whatever_the_filter_says() -> None:
    player = Player()
    first = player.open("H1", subject="L")
    player.open("H1", subject="T")

    async def script(terminal: Terminal) -> None:
        table = terminal.app.screen.table
        await terminal.press("space", "slash")
        await terminal.write("Tang")
        await terminal.press("enter")
        assert table.marks == {first}
        player.case = first
        player.act("H1", Comment("x", None))
        await terminal.press("f5")
        assert table.marks == {first}

    drive(player.service, "H1", script)
