"""A case in time: what was planned, what has been, and the days on which nobody works."""

from datetime import date
from typing import get_args

import pytest

from engine.graph.glyphs import ASCII
from engine.graph.labels import width
from engine.graph.view import View
from engine.texts import MESSAGES
from engine.views.gantt import gantt
from engine.views.gantt_picture import HEAD, MARKS, gantt_sheet
from engine.views.reader import Reader
from engine.views.signs import SIGNS
from engine.views.tasks import STATUS
from tests.engine.sample.company import Player


def of(player, viewer="H1"):
    return gantt(Reader(player.scope, "en"), viewer)


def drawn(found, columns=100, language="en"):
    view = View(language, lambda message: MESSAGES.say(language, message), columns, ASCII)
    sheet = gantt_sheet(found, view)
    return ["".join(part.text for part in row) for row in sheet.rows], sheet


def test_a_bar_tells_the_plan_what_has_been_and_the_working_days_of_delay():
    player = Player().resigned()
    player.at("2026-04-08T09:00")
    found = of(player)
    bars = {bar.title: bar for bar in found.bars}
    papers = player.item("papers")
    bar = bars["Papers"]
    assert (bar.key, bar.status, bar.ended) == (papers.id, "overdue", None)
    assert (bar.begun, bar.due) == (papers.opened_at, papers.due)
    due = papers.due.astimezone(player.program.zone).date()
    working = [one.day for one in found.days if one.works and due < one.day <= date(2026, 4, 8)]
    assert bar.late == len(working) > 0
    assert all(one.late == 0 for one in found.bars if one.ended and one.ended <= one.due)


def test_what_does_not_apply_takes_no_time():
    found = of(Player().resigned())
    idle = [bar for bar in found.bars if bar.status == "not_applicable"]
    assert idle
    assert all(bar.begun is None for bar in idle)


def test_days_of_rest_are_those_of_the_case_calendar():
    found = of(Player().resigned())
    rest = {one.day for one in found.days if not one.works}
    assert date(2026, 3, 7) in rest  # a Saturday
    assert date(2026, 3, 9) not in rest
    first, last = found.days[0].day, found.days[-1].day
    assert first == date(2026, 3, 2)
    assert last >= date(2026, 3, 31)


def test_what_is_still_to_come_stands_with_its_day():
    player = Player()
    player.open()
    ahead = [bar for bar in of(player).bars if bar.begun is None]
    assert ahead
    assert all(bar.due and bar.status == "waiting" and not bar.late for bar in ahead)


@pytest.mark.parametrize("columns", [60, 80, 120, 200, None])
@pytest.mark.parametrize("at", ["2026-03-04T09:00", "2026-04-08T09:00", "2027-09-01T09:00"])
def test_a_drawing_has_one_line_a_bar_and_fits(columns, at):
    player = Player().resigned()
    player.at(at)
    found = of(player)
    lines, sheet = drawn(found, columns)
    assert len(lines) == HEAD + len(found.bars)
    assert len({width(line) for line in lines}) == 1
    assert width(lines[0]) <= (columns or 160)
    late = [line for line, bar in zip(lines[HEAD:], found.bars, strict=True) if bar.late]
    assert all("+" in line[: sheet.titles] and "!" in line[sheet.titles :] for line in late)


def test_cells_stand_for_the_days_that_they_say():
    player = Player().resigned()
    player.at("2026-03-05T09:00")
    found = of(player)
    lines, sheet = drawn(found, 200)
    left = sheet.titles + 1
    cells = (len(lines[0]) - left) // len(found.days)
    step = next(at for at, bar in enumerate(found.bars) if bar.title.endswith("HR"))
    bar, line = found.bars[step], lines[HEAD + step]
    days = [one.day for one in found.days]
    begun = days.index(bar.begun.astimezone(player.program.zone).date())
    ended = days.index(bar.ended.astimezone(player.program.zone).date())
    worked = [at for at, sign in enumerate(line) if sign == "=" and at >= left]
    assert worked == list(range(left + begun * cells, left + (ended + 1) * cells))
    saturday = days.index(date(2026, 3, 14))
    assert line[left + saturday * cells] == ":"


def test_every_status_has_its_mark_and_its_sign():
    assert MARKS.keys() == set(get_args(STATUS))
    assert SIGNS.keys() >= set(get_args(STATUS))


def test_an_action_with_a_day_of_its_own_stands_there_before_it_comes_up():
    player = Player().resigned()
    ahead = {bar.key: bar.due for bar in of(player).bars if bar.begun is None}
    assert ahead["action:insurance"] == player.state.timers["insurance"][0].at
