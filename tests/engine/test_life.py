"""The life of a case: suspended and resumed with the time kept, cancelled, and who may."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.clocks import consumed, remaining
from engine.commands import Cancel, ChangeFact, Comment, Complete, Resume, Suspend, Withdraw
from engine.events import NoticeQueued
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.refusals import refusal_view
from tests.engine.sample.company import Player, local

HOUR = 3600


def waiting_for_hr() -> Player:
    """Until Tuesday evening HR may approve, which is given one working day."""
    player = Player()
    player.open()
    player.approve("M", "resignation.manager")
    return player


def test_pausing_does_not_lose_the_remaining_time():
    player = waiting_for_hr()
    assert player.task("resignation.hr").due == local("2026-03-03T18:00")
    player.at("2026-03-03T14:00")
    player.act("H1", Suspend(None, "She is ill"))
    task = player.task("resignation.hr")
    assert (task.due, remaining(player.scope, task)) == (None, 4 * HOUR)
    player.at("2026-03-12T16:00")
    assert not player.task("resignation.hr").overdue
    player.act("H1", Resume(None, "She is back"))
    assert player.task("resignation.hr").due == local("2026-03-13T11:00")
    player.at("2026-03-13T11:00")
    assert player.task("resignation.hr").overdue


def test_a_task_is_suspended_by_itself():
    player = waiting_for_hr()
    player.act("H1", Suspend(player.task("resignation.hr").id, "Papers are missing"))
    refusal = player.refused("H2", player.approval("resignation.hr"))
    assert refusal.code == "R170"
    player.at("2026-03-05T09:00")
    player.act("H1", Resume(player.task("resignation.hr").id, "Found"))
    assert player.task("resignation.hr").due == local("2026-03-06T18:00")
    player.approve("H1", "resignation.hr")


def test_a_suspended_case_refuses_acts_and_says_why():
    player = waiting_for_hr()
    player.act("H1", Suspend(None, "She is ill"))
    refusal = player.refused("H2", player.approval("resignation.hr"))
    shown = refusal_view(refusal, "en", Reader(player.scope, "en"))
    assert "Han One suspended it, “She is ill”" in shown.text
    view = case_view(Reader(player.scope, "en"), "H1")
    assert view.status == "suspended"
    assert "since 2026-03-02 09:00" in (view.suspended or "")
    assert {"resume", "cancel"} <= set(view.acts)
    assert "suspend" not in view.acts
    assert view.tasks[-1].acts == ()
    assert "16 h 0 min" in view.tasks[-1].why[1]
    player.act("L", Comment("Get well", None))
    player.act("H1", ChangeFact("last_day", "2026-04-15", None, "later"))
    assert player.refused("H1", Suspend(None, "again")).code == "R171"


def test_only_whoever_manages_the_process_suspends_resumes_and_cancels():
    player = waiting_for_hr()
    for command in (Suspend(None, "x"), Resume(None, "x"), Cancel("x")):
        assert player.refused("L", command).code == "R101"
        assert (
            player.refused("H1", type(command)(*[None] * (command != Cancel("x")), " ")).code
            == "R107"
        )
    assert player.refused("H1", Resume(None, "why")).code == "R172"
    assert player.refused("H1", Resume(player.task("resignation.hr").id, "why")).code == "R172"
    assert player.refused("H1", Suspend("2026-0001/none#1", "why")).code == "R104"


def test_reminders_that_fall_into_a_suspension_are_not_a_storm():
    player = Player().resigned()
    player.act("H1", Suspend(None, "stop"))
    player.at("2026-03-30T09:00")
    assert player.of(NoticeQueued) == []
    player.act("H1", Resume(None, "go"))
    player.service.advance()
    papers = [one for one in player.of(NoticeQueued) if one.task == player.task("papers").id]
    assert [one.reason for one in papers] == ["escalation"]
    assert player.task("papers").overdue


def test_access_is_taken_back_though_the_case_stands_still():
    player = Player().resigned()
    player.name("M", "successor", "S")
    player.act("H1", Suspend(None, "stop"))
    player.at("2026-03-31T17:30")
    revoke = player.state.tasks["2026-0001/mailbox.revoke#1"]
    assert revoke.due == local("2026-03-31T19:30")
    player.act("H1", Complete(revoke.id, "closed"))


def test_cancelling_a_case_keeps_its_tasks():
    player = Player().resigned()
    before = set(player.state.tasks)
    player.act("H1", Suspend(None, "stop"))
    player.act("H1", Cancel("He stays after all"))
    assert player.state.status == "cancelled"
    assert set(player.state.tasks) == before
    assert player.task("papers").status == "cancelled"
    assert player.refused("H1", Resume(None, "go")).code == "R103"


def test_a_suspended_resignation_can_be_withdrawn():
    player = waiting_for_hr()
    player.act("H1", Suspend(None, "stop"))
    player.act("L", Withdraw("I stay"))
    assert player.state.status == "withdrawn"


START = datetime.fromisoformat("2026-03-02T09:00")
moves = st.lists(st.tuples(st.integers(1, 40 * 60), st.booleans()), min_size=1, max_size=8)


@settings(max_examples=10, deadline=None)
@given(moves)
def test_clocks_add_up_through_any_suspensions(moves):
    """Consumed and remaining are the whole budget at every moment; no timer fires while it stands."""
    player = waiting_for_hr()
    whole = remaining(player.scope, player.task("resignation.hr"))
    running, minutes = True, 0
    for wait, switch in moves:
        minutes += wait
        player.at((START + timedelta(minutes=minutes)).isoformat())
        task = player.task("resignation.hr")
        if task.late:
            return
        assert consumed(player.scope, task) + remaining(player.scope, task) == whole
        if switch:
            player.act("H1", Suspend(None, "stop") if running else Resume(None, "go"))
            running = not running


def test_what_stands_still_is_shown_as_suspended():
    player = Player().resigned()

    def shown() -> dict[str, str]:
        view = case_view(Reader(player.scope, "en"), "H1")
        return {one.id: one.status for one in view.tasks if not player.state.tasks[one.id].ended}

    before, papers = shown(), player.task("papers").id
    player.act("H1", Suspend(papers, "lost"))
    assert shown() == before | {papers: "suspended"}
    player.act("H1", Resume(papers, "found"))
    player.act("H1", Suspend(None, "ill"))
    assert set(shown().values()) == {"suspended"}
    player.act("H1", Resume(None, "well"))
    assert shown() == before
