"""Clocks: reminders, deadlines, budgets, timeouts, armed moments."""

import pytest

from engine.administration import Administration
from engine.commands import Waive
from engine.deadlines import item_due
from engine.events import (
    ActionOpened,
    Armed,
    BecameOverdue,
    DueChanged,
    Escalated,
    FactChanged,
    NoticeQueued,
    StepEnded,
    TimerFired,
)
from engine.people.directory import Person
from engine.people.reading import PeopleFile
from engine.replay import fold
from tests.engine.sample.company import ADMIN, DEPARTMENTS, EXIT, PERSONS, Player, local


def told(player: Player, about: str) -> list[tuple[str, str, tuple[str, ...]]]:
    return [
        (one.reason, one.channel, tuple(to.person for to in one.to))
        for one in player.of(NoticeQueued)
        if one.task == player.task(about).id
    ]


def test_every_rung_fires_once_at_its_time():
    player = Player().resigned()
    player.at("2026-03-13T17:59")
    assert told(player, "papers") == []
    player.at("2026-03-13T18:00")
    assert told(player, "papers") == [("reminder", "sms", ("L",))]
    player.at("2026-03-16T18:00")
    player.at("2026-03-17T17:59")
    assert not player.item("papers").overdue
    player.at("2026-03-17T18:00")
    assert player.item("papers").overdue
    player.at("2026-03-30T09:00")
    assert told(player, "papers") == [
        ("reminder", "sms", ("L",)),
        ("reminder", "email", ("M",)),
        ("escalation", "email", ("V",)),
    ]
    fired = player.of(TimerFired)
    player.at("2026-03-30T10:00")
    assert player.of(TimerFired) == fired


def test_addresses_are_those_of_the_channel():
    player = Player().resigned()
    player.at("2026-03-16T18:00")
    found = [to.address for one in player.of(NoticeQueued) for to in one.to if to.person in "LM"]
    assert "13800000001" in found
    assert "m@example.com" in found


def test_of_the_reminders_that_are_past_only_the_latest_is_sent():
    player = Player().resigned(last_day="2026-03-16")
    assert player.task("papers").due == local("2026-03-02T18:00")
    player.at("2026-03-02T09:01")
    assert told(player, "papers") == [("reminder", "email", ("M",))]


def test_a_deadline_that_moves_takes_its_clocks_along_and_repeats_nothing():
    player = Player().resigned()
    player.at("2026-03-13T18:00")
    player.change("last_day", "2026-04-01")
    assert player.task("papers").due == local("2026-03-18T18:00")
    player.at("2026-03-16T09:00")
    assert told(player, "papers") == [("reminder", "sms", ("L",))]
    player.change("last_day", "2026-04-30")
    player.at("2026-04-30T18:00")
    reminders = [reason for reason, _, _ in told(player, "papers")]
    assert reminders == ["reminder", "reminder", "reminder", "escalation"]


def test_a_deadline_that_has_been_looked_at_is_looked_at_anew_once_its_fact_has_changed():
    player = Player().resigned()
    run, papers = player.scope, player.item("papers")
    assert item_due(run, papers) == papers.due
    change = FactChanged("last_day", "", "H1", "because", "2026-03-31", "2026-04-30")
    fold(run.state, change, run.now)
    assert item_due(run, papers) == local("2026-04-16T18:00")


def test_a_deadline_that_moves_away_is_not_overdue_any_more():
    player = Player().resigned()
    player.at("2026-03-18T09:00")
    assert player.item("papers").overdue
    player.change("last_day", "2026-04-30")
    assert not player.item("papers").overdue
    assert [event.task for event in player.of(DueChanged)] == [player.task("papers").id]


def test_an_item_that_applies_again_is_late_only_by_its_new_deadline():
    player = Player().resigned(car=True).papers_done()
    player.change("last_day", "2026-03-06")
    player.at("2026-03-09T09:00")
    assert player.item("car_keys").overdue
    player.change("car", value=False)
    player.change("last_day", "2026-03-31")
    player.change("car", value=True)
    assert player.item("car_keys").due == local("2026-03-31T18:00")
    assert not player.item("car_keys").overdue


def test_what_is_done_in_time_never_gets_overdue():
    player = Player().resigned().papers_done()
    player.at("2026-03-30T09:00")
    assert player.task("papers").id not in [one.task for one in player.of(BecameOverdue)]
    assert told(player, "papers") == []


def test_budgets_begin_when_the_task_falls_to_somebody():
    player = Player()
    player.at("2026-03-03T15:00")
    player.open()
    assert player.task("resignation.manager").due == local("2026-03-05T18:00")
    player.at("2026-03-05T10:00")
    player.approve("M", "resignation.manager")
    assert player.task("resignation.hr").due == local("2026-03-06T18:00")


def test_silence_escalates_once_and_the_original_stays():
    player = Player()
    player.open()
    player.at("2026-03-04T18:00")
    assert [event.filled.people for event in player.of(Escalated)] == [("V",)]
    task = player.task("resignation.manager")
    assert task.overdue
    player.at("2026-03-06T09:00")
    assert len(player.of(Escalated)) == 1
    player.approve("M", "resignation.manager")
    assert player.task("resignation.hr").status == "open"


def test_who_was_escalated_to_may_answer():
    player = Player()
    player.open()
    player.at("2026-03-04T18:00")
    player.approve("V", "resignation.manager")
    assert player.task("resignation.hr").status == "open"


def test_silence_is_never_escalated_to_whom_the_case_is_about_or_who_has_approved():
    player = Player()
    player.open("H1", subject="V")
    player.approve("C", "resignation.manager")
    player.at("2026-03-10T18:00")
    assert [event.filled.people for event in player.of(Escalated)] == [()]
    other = Player()
    other.open(grade=10)
    other.approve("M", "resignation.manager")
    other.approve("V", "resignation.vp")
    other.at("2026-03-10T18:00")
    assert [event.filled.people for event in other.of(Escalated)] == [()]


@pytest.mark.parametrize(
    ("timeout", "outcome", "status"),
    [("approve", "approved", "open"), ("reject", "returned", "open")],
)
def test_silence_can_decide(timeout, outcome, status):
    text = EXIT.replace("on timeout escalate to vp", f"on timeout {timeout}")
    player = Player(text)
    player.open()
    player.at("2026-03-04T18:00")
    ended = player.of(StepEnded)[0]
    assert (ended.outcome, ended.by_timeout) == (outcome, True)
    assert player.state.status == status


def test_silence_can_remind():
    player = Player(EXIT.replace("on timeout escalate to vp", "on timeout remind"))
    player.open()
    player.at("2026-03-04T18:00")
    assert told(player, "resignation.manager") == [("timeout", "inbox", ("M",))]


def test_access_is_taken_back_on_its_day_whatever_the_flow_waits_for():
    player = Player()
    player.open()
    player.at("2026-03-31T17:29")
    assert "mailbox" not in [one.ref for one in player.of(ActionOpened)]
    player.at("2026-03-31T17:30")
    opened = [(one.ref, one.operation) for one in player.of(ActionOpened)]
    assert opened == [("mailbox", "revoke")]
    assert player.state.approvals["resignation"].status == "running"
    player.name("M", "successor", "S")
    player.complete("H1", "mailbox.revoke")


def test_an_armed_moment_moves_with_its_fact():
    player = Player()
    player.open()
    player.change("last_day", "2026-03-10")
    assert [one.ref for one in player.of(Armed)] == ["mailbox.revoke", "mailbox.revoke"]
    player.at("2026-03-10T17:30")
    assert [one.ref for one in player.of(ActionOpened)] == ["mailbox"]


def test_access_on_a_way_that_is_not_taken_is_left_alone():
    branch = "    then if grade > 9\n      first access mailbox\n    end\n"
    player = Player(EXIT.replace("    first access mailbox\n", branch.replace("then", "first", 1)))
    player.open()
    assert "mailbox.revoke" in player.state.timers
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")
    assert "mailbox.revoke" not in player.state.timers
    player.change("last_day", "2026-03-05")
    player.at("2026-03-05T18:00")
    assert [one.ref for one in player.of(ActionOpened)] == ["insurance"]


def test_a_gate_that_holds_access_holds_it_past_its_moment_and_no_longer():
    text = EXIT.replace("  holds stage settlement\n", "  holds access\n  holds stage settlement\n")
    player = Player(text)
    player.open()
    player.at("2026-04-01T09:00")
    assert player.of(ActionOpened) == []
    player.approve("M", "resignation.manager")
    player.approve("H1", "resignation.hr")
    assert [one.ref for one in player.of(ActionOpened)] == ["insurance"]
    player.papers_done()
    opened = [(one.ref, one.operation) for one in player.of(ActionOpened)]
    assert sorted(opened[1:]) == [("mailbox", "grant"), ("mailbox", "revoke")]


def test_who_has_left_is_told_nothing():
    player = Player().resigned()
    gone = Person(
        "L", "Li Lei", "Works", phone="13800000001", manager="M", left=local("2026-03-10").date()
    )
    others = tuple(one for one in PERSONS if one.id != "L")
    office = Administration(player.service, ADMIN)
    assert office.import_people(PeopleFile((gone, *others), DEPARTMENTS), "p", None) is None
    player.at("2026-03-13T18:00")
    assert [one for one in player.of(NoticeQueued) if "L" in {to.person for to in one.to}] == []


def test_a_fact_that_is_gone_leaves_an_item_without_a_deadline():
    player = Player().resigned(bonus_day="2026-03-20")
    player.hand_over("H1", "bonus_letter")
    assert player.task("bonus_letter").status == "handed_over"
    player.change("bonus_day", None)
    assert player.task("bonus_letter").due is None
    player.sign("L", "bonus_letter")
    assert player.task("bonus_letter").status == "done"


def test_timers_due_are_settled_before_a_command():
    player = Player(EXIT.replace("on timeout escalate to vp", "on timeout approve"))
    player.open()
    Administration(player.service, ADMIN).set_clock(local("2026-03-05T09:00"))
    refusal = player.attempt("M", player.approval("resignation.manager"))
    assert refusal.code == "R106"
    assert player.task("resignation.hr").status == "open"


def test_a_waived_item_leaves_no_timer():
    player = Player().resigned()
    player.act("H1", Waive(player.task("papers").id, "Nothing to hand over"))
    assert player.task("papers").id not in player.state.timers
