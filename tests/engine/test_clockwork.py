"""Clocks under random suspensions and changed dates: the player looks at every timer after each act."""

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.commands import Resume, Suspend, Withdraw
from engine.events import DueChanged, TimerFired, TimerSet
from tests.engine.sample.company import PROJECTS, Player

START = datetime.fromisoformat("2026-03-02T09:00")
steps = st.tuples(st.integers(1, 9), st.sampled_from(["wait", "switch", "task", "date"]))


def stands_alone(player: Player, task: str) -> bool:
    clock = player.state.tasks[task].clock
    return clock is not None and clock.suspended is not None


def take(player: Player, move: str, papers: str, later: datetime) -> None:
    case = player.state.suspended
    if move == "switch":
        player.act("H1", Suspend(None, "ill") if case is None else Resume(None, "back"))
    elif move == "task" and case is None:
        stands = stands_alone(player, papers)
        player.act("H1", Resume(papers, "found") if stands else Suspend(papers, "lost"))
    elif move == "date":
        player.change("last_day", later.date().isoformat())


def go_on(player: Player, papers: str) -> None:
    if player.state.suspended is not None:
        player.act("H1", Resume(None, "back"))
    if stands_alone(player, papers):
        player.act("H1", Resume(papers, "found"))


@settings(max_examples=6, deadline=None)
@given(st.lists(steps, min_size=1, max_size=7))
def test_no_timer_fires_twice_or_is_lost_through_suspensions_and_changed_dates(moves):
    player = Player().resigned(projects=PROJECTS)
    papers, days = player.task("papers").id, 0
    for wait, move in moves:
        days += wait
        player.at((START + timedelta(days=days)).isoformat())
        take(player, move, papers, START + timedelta(days=days + wait * 4))
    go_on(player, papers)
    player.at("2026-12-31T18:00")
    now = player.scope.now
    assert not [timer for _, timer in player.state.standing if timer.at <= now]
    late = [one for one in player.state.tasks.values() if one.due is not None and one.due <= now]
    assert all(task.overdue for task in late if task.status == "open")
    fired = Counter((event.owner, event.timer.kind) for event in player.of(TimerFired))
    moved = Counter(event.task for event in player.of(DueChanged))
    for (owner, kind), times in fired.items():
        if kind == "due":
            assert times <= 1 + moved[owner]


def test_a_resignation_can_be_withdrawn_at_any_time():
    for days in (0, 20):
        player = Player().resigned()
        player.at((START + timedelta(days=days)).isoformat())
        player.act("L", Withdraw("I stay"))
        assert (player.state.status, player.state.timers) == ("withdrawn", {})


def test_every_item_with_a_deadline_has_its_date_and_its_timer():
    player = Player().resigned(projects=PROJECTS)
    for task in player.state.tasks.values():
        if (
            task.kind == "item"
            and player.program.items[task.ref].due is not None
            and not task.ended
        ):
            assert task.due is not None
            assert TimerSet(task.due, "due") in player.state.timers[task.id]
