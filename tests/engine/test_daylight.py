"""Deadlines of cases across the nights in which clocks change, in the rulebook's own zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from engine.commands import Resume, Suspend
from engine.events import NoticeQueued, TimerFired
from engine.people.instants import Instants
from tests.engine.sample.company import EXIT, ZONE, Player

BERLIN = ZoneInfo("Europe/Berlin")
TEXT = EXIT.replace('"Asia/Shanghai"', '"Europe/Berlin"')


def berlin(at: str) -> datetime:
    return datetime.fromisoformat(at).replace(tzinfo=BERLIN).astimezone(UTC)


def come(player: Player, at: str) -> None:
    player.at(f"{berlin(at).astimezone(ZONE):%Y-%m-%dT%H:%M}")


def test_deadlines_on_both_sides_of_a_change_of_clocks_fall_at_the_end_of_the_working_day():
    player = Player(TEXT).resigned(
        last_day="2026-04-10", projects=[{"code": "P", "name": "B", "progress": "1%"}]
    )
    papers, project = player.item("papers"), player.item("project_handover", "P")
    assert papers.due == datetime(2026, 3, 27, 17, tzinfo=UTC)
    assert project.due == datetime(2026, 4, 1, 16, tzinfo=UTC)
    come(player, "2026-03-27T17:59")
    told = [one for one in player.of(NoticeQueued) if one.task == project.id]
    assert told == []
    come(player, "2026-03-27T18:00")
    (reminded,) = [one for one in player.of(NoticeQueued) if one.task == project.id]
    assert (reminded.reason, reminded.channel) == ("reminder", "sms")
    come(player, "2026-04-01T17:59")
    assert not player.item("project_handover", "P").overdue
    come(player, "2026-04-01T18:00")
    assert player.item("project_handover", "P").overdue
    fired = [one.timer for one in player.of(TimerFired)]
    assert len(fired) == len(set(fired))


def test_a_budget_that_stands_while_clocks_change_keeps_its_hours():
    player = Player(TEXT)
    come(player, "2026-03-26T10:00")
    player.open(last_day="2026-04-30")
    player.approve("M", "resignation.manager")
    assert player.task("resignation.hr").due == berlin("2026-03-27T18:00")
    come(player, "2026-03-27T14:00")
    player.act("H1", Suspend(None, "ill"))
    come(player, "2026-03-30T10:00")
    player.act("H1", Resume(None, "well"))
    assert player.task("resignation.hr").due == berlin("2026-03-30T15:00")


def test_access_is_taken_back_at_its_time_of_day_after_the_change():
    player = Player(TEXT).resigned(last_day="2026-10-26", projects=[])
    come(player, "2026-10-26T17:29")
    revoke = f"{player.case}/mailbox.revoke#1"
    assert revoke not in player.state.tasks
    come(player, "2026-10-26T17:30")
    assert player.state.tasks[revoke].opened_at == datetime(2026, 10, 26, 16, 30, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_told_with_its_distance_from_utc():
    instants = Instants(BERLIN)
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert instants.told(first) == "2026-10-25 02:30+02:00"
    assert instants.told(first + timedelta(hours=1)) == "2026-10-25 02:30+01:00"
    assert instants.told(first + timedelta(hours=2)) == "2026-10-25 03:30"
    assert instants.told(datetime(2026, 3, 29, 1, 30, tzinfo=UTC)) == "2026-03-29 03:30"
