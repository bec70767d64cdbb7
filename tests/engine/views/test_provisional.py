"""Deadlines in a year whose moved working days nobody knows yet are marked, wherever they are shown."""

from engine.desk.listing import board_rows
from engine.events import DueChanged
from engine.views.cases import case_view
from engine.views.moved import deadlines, moved_deadlines
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.unfinished import unfinished
from tests.engine.sample.company import EXIT, Player
from tests.tui.driving import Terminal, drive

IN_CHINA = EXIT.replace("  timezone", "  uses calendar CN\n  timezone", 1)
FAR_OFF = "2045-03-31"
MARKED = "(provisional)"


def of_papers(player: Player):
    tasks = case_view(Reader(player.scope, "en"), "H1").tasks
    return next(one for one in tasks if one.ref == "papers")


def test_a_deadline_is_provisional_until_its_year_is_announced():
    player = Player(IN_CHINA).resigned()
    assert not of_papers(player).provisional
    before = deadlines(player.scope)
    player.change("last_day", FAR_OFF)
    view = of_papers(player)
    assert view.provisional
    assert "holidays of that year are not announced" in " ".join(view.why)
    reader = Reader(player.scope, "en")
    told = [sentence(reader, one) for one in player.of(DueChanged)]
    assert any("2045-03" in one and MARKED in one for one in told)
    moved = {one.id: one.provisional for one in moved_deadlines(reader, before)}
    assert moved[view.id]
    assert {one.task: one.provisional for one in unfinished(reader, "H1")}[view.id]


def test_the_board_marks_a_case_whose_next_deadline_is_provisional():
    player = Player(IN_CHINA).resigned()
    player.change("last_day", FAR_OFF)
    (row,) = board_rows(player.service, "H1", "en")
    assert row.provisional == (row.next_due.year == 2045)


def test_without_public_holidays_nothing_is_provisional():
    player = Player().resigned()
    player.change("last_day", FAR_OFF)
    assert not of_papers(player).provisional


def test_the_screen_says_what_is_provisional():
    player = Player(IN_CHINA).resigned()
    player.change("last_day", FAR_OFF)

    async def script(terminal: Terminal) -> None:
        await terminal.press("enter", "4")
        assert MARKED in terminal.text or "~2045" in terminal.text

    drive(player.service, "H1", script, size=(160, 48))
