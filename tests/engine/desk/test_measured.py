"""Lateness by item and post, and days per stage: the same from a live case and from its row when closed."""

from engine.commands import Waive, Withdraw
from engine.desk.measured import Measured, heat_map, measured, stage_times
from engine.measures import Lateness, measures
from tests.engine.sample.company import Player


def case(name, post, items=None, stages=None, standing=None):
    return Measured(name, post, items or {}, stages or {}, standing)


def test_the_map_puts_the_worst_first_in_both_directions():
    found = heat_map(
        [
            case("1", "Clerk", {"Keys": Lateness(2, 0, 0), "Cash": Lateness(1, 1, 3)}),
            case("2", "Lead", {"Keys": Lateness(4, 1, 9)}),
            case("3", "Lead", {"Keys": Lateness(1, 1, 1)}),
        ]
    )
    assert found.posts == ("Lead", "Clerk")
    assert [row.item for row in found.rows] == ["Keys", "Cash"]
    keys, cash = found.rows
    lead, clerk = keys.cells
    assert (lead.count, lead.late, lead.days, lead.level) == (5, 2, 10, 2)
    assert (clerk.count, clerk.late, clerk.level) == (2, 0, 0)
    assert cash.cells[0] is None
    assert (keys.all.count, keys.all.days, cash.all.level) == (7, 10, 4)


def test_a_stage_that_a_case_stands_in_is_not_counted_among_those_gone_through():
    (first, second) = stage_times(
        [
            case("1", "x", stages={"Ask": 2.0, "Hand over": 9.0}, standing="Hand over"),
            case("2", "x", stages={"Ask": 4.0, "Hand over": 5.0}),
            case("3", "x", stages={"Ask": 12.0, "Hand over": 11.0}, standing="Hand over"),
        ]
    )
    assert (first.stage, first.count, first.median, first.longest) == ("Ask", 3, 4.0, 12.0)
    assert (first.standing, first.oldest) == (0, None)
    assert (second.count, second.median) == (1, 5.0)
    assert (second.standing, second.oldest, second.oldest_days) == (2, "3", 11.0)


def test_a_closed_case_keeps_in_its_row_what_it_took():
    player = Player().resigned()
    player.name("M", "successor", "S")
    player.at("2026-03-27T09:00")
    player.papers_done()
    live = measures(player.scope)
    papers = live.items["papers"]
    assert (papers.count, papers.late) == (1, 1)
    assert papers.days > 0
    assert sum(live.stages.values()) > 20
    player.act("L", Withdraw("stays"))
    row = player.service.store.get("closed", player.case)
    assert row["took"]["items"]["papers"]["days"] == papers.days
    (found,) = measured(player.service, "H1", "en")
    assert found.items["Papers"].days == papers.days
    assert found.standing is None
    player.at("2026-05-27T09:00")
    (later,) = measured(player.service, "H1", "en")
    assert later == found


def test_only_cases_that_somebody_may_see_are_measured():
    player = Player().resigned()
    assert list(measured(player.service, "T", "en")) == []


def test_an_item_that_is_waived_in_time_is_not_late():
    player = Player().resigned_as_vp()
    task = player.item("papers")
    player.act("H1", Waive(task.id, "nothing to hand over"))
    player.at("2026-06-01T09:00")
    assert measures(player.scope).items["papers"] == Lateness(1, 0, 0)
