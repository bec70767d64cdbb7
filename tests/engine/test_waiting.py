"""Moments that the flow waits for, gates that count days, calendars of a company, follow-ups."""

from datetime import date

from msgspec.structs import replace

from engine.calendars import calendar_of
from engine.commands import Claim, Complete, Delegate, Waive, Withdraw
from engine.events import Armed, GateOpened, TimerFired, TimerSet
from engine.people.reading import PeopleFile
from engine.state import Task
from engine.views.marks import case_marks
from engine.views.reader import Reader
from engine.views.tasks import task_view
from engine.waiting import people_awaited
from tests.engine.sample.company import DEPARTMENTS, PERSONS, Player, artefact_of, local
from tests.engine.test_absences import substitute

TEXT = """rulebook waiting "Waiting"
  version 1.0.0
  timezone "Asia/Shanghai"
  uses calendar site

calendar site "Site"
  based on CN
  week Monday to Saturday
  hours 08:30-12:00, 13:30-17:30
  holiday 2026-03-09 to 2026-03-10
  workday 2026-03-15

fact last_day "Last day" date set by hr

role leaver "Leaver" is subject
role hr "HR" is anyone in group "HR"

item keys "Keys"
  from leaver to hr
  due 2 working days after last_day

gate late "Late"
  holds wages
  until days until last_day <= 3
  waiver by hr with reason

action pay "Pay"
  by hr within 2 working days
  releases wages

action talk "Talk"
  by hr within 3 working days

access badge "Badge"
  grant on last_day to leaver
  by hr within 1 working day

process leaving "Leaving"
  started by leaver, hr
  managed by hr
  first action pay
  then wait until 5 days before last_day
  then items
  follow up action talk 10 days after close
  follow up access badge 2 hours after close
"""


def opened(**facts) -> Player:
    player = Player(TEXT)
    player.open(**facts)
    return player


def test_a_calendar_of_its_own_stands_over_the_countrys():
    site = calendar_of(artefact_of(TEXT).rulebook)
    days = ["2026-03-07", "2026-03-08", "2026-03-09", "2026-03-15", "2026-02-17"]
    found = [site.is_working_day(local(f"{day}T12:00").date()) for day in days]
    assert found == [True, False, False, True, False]
    assert site.deadline(local("2026-03-07T12:00").date()) == local("2026-03-07T17:30")


def test_a_gate_that_counts_days_opens_when_the_day_turns():
    player = opened()
    player.at("2026-03-27T23:59")
    assert not player.state.is_open("late")
    player.at("2026-03-28T00:00")
    assert player.state.is_open("late")
    assert [one.owner for one in player.of(TimerFired)].count("@day") == 2
    assert len(player.of(GateOpened)) == 1


def test_an_item_that_counts_days_comes_and_goes_when_the_day_turns():
    near = TEXT.replace(
        "  from leaver to hr\n", "  from leaver to hr\n  applies when days until last_day < 10\n", 1
    )
    player = Player(
        near.replace(
            "  first action pay\n  then wait until 5 days before last_day\n  then items",
            "  first items\n  then action pay",
        )
    )
    player.open(last_day="2026-03-20")
    assert player.task("keys").status == "not_applicable"
    player.at("2026-03-10T23:59")
    assert player.task("keys").status == "not_applicable"
    player.at("2026-03-11T00:00")
    assert player.task("keys").status == "open"
    player.change("last_day", "2026-04-20")
    assert player.task("keys").status == "not_applicable"
    player.at("2026-04-11T00:00")
    assert player.task("keys").status == "open"


def test_the_flow_waits_for_its_moment_and_moves_with_it():
    player = opened()
    player.act("H1", Waive("gate:late", "now"))
    player.act("H1", Complete(player.task("pay").id, "paid"))
    assert player.state.tokens["wait:1"] == 1
    player.change("last_day", "2026-03-20")
    assert player.state.timers["wait:1"] == (TimerSet(local("2026-03-15T17:30"), "wait"),)
    player.at("2026-03-15T17:29")
    assert "keys" in player.state.unlisted
    player.at("2026-03-15T17:30")
    assert player.task("keys").due == local("2026-03-23T17:30")


def test_a_moment_that_is_past_is_not_waited_for():
    player = opened()
    player.act("H1", Waive("gate:late", "now"))
    player.act("H1", Complete(player.task("pay").id, "paid"))
    player.change("last_day", "2026-03-03")
    assert player.state.tokens["wait:1"] == 0
    assert player.task("keys").status == "open"
    assert [one.timers for one in player.of(Armed) if one.ref == "wait:1"][-1] == ()


def closed() -> Player:
    player = opened(last_day="2026-03-03")
    player.act("H1", Complete(player.task("pay").id, "paid"))
    player.act("H1", Waive(player.task("keys").id, "none left"))
    assert player.state.status == "closed"
    return player


def test_what_follows_up_comes_some_time_after_the_close():
    player = closed()
    assert case_marks(player.scope)["action:talk"] == "waiting"
    player.at("2026-03-02T11:00")
    assert player.task("badge").status == "open"
    player.at("2026-03-12T08:29")
    assert "talk" not in {task.ref for task in player.state.tasks.values()}
    player.at("2026-03-12T08:30")
    talk = player.task("talk")
    assert talk.due == local("2026-03-15T17:30")
    assert case_marks(player.scope)["action:talk"] == "here"
    player.at("2026-03-15T17:30")
    assert player.task("talk").overdue
    player.act("H1", Complete(talk.id, "she is well"))
    assert case_marks(player.scope)["action:talk"] == "done"
    assert player.state.status == "closed"


def test_a_closed_case_takes_nothing_but_its_follow_ups():
    player = closed()
    assert player.refused("H1", Waive("gate:late", "again")).code == "R103"
    player.at("2026-03-12T09:00")
    assert player.refused("H1", Waive("gate:late", "again")).code == "R103"
    assert player.refused("L", Complete(player.task("talk").id, "mine")).code == "R101"


def test_a_case_that_did_not_go_its_way_is_not_followed_up():
    player = opened()
    player.act("L", Withdraw("I stay"))
    assert player.state.timers == {}


def test_what_is_left_over_after_the_close_is_given_to_others():
    player = closed()
    player.at("2026-03-12T09:00")
    talk = player.task("talk")
    assert {"claim", "delegate", "complete"} <= acts(player, talk, "H1")
    assert not {"suspend", "comment"} & acts(player, talk, "H1")
    player.act("H1", Claim(talk.id))
    player.act("H1", Delegate(talk.id, "T", "I know him less"))
    player.act("T", Complete(talk.id, "she is well"))
    assert player.task("talk").status == "done"
    assert player.state.status == "closed"


def test_what_is_left_over_is_done_by_substitutes_and_follows_the_directory():
    player = closed()
    player.at("2026-03-12T09:00")
    player.act("H1", Claim(player.task("talk").id))
    substitute(player, "H1", "T", (12, 13))
    assert awaited(player) == ("T",)
    player.at("2026-03-14T09:00")
    assert awaited(player) == ("H1",)
    persons = tuple(
        replace(one, left=date(2026, 3, 13)) if one.id == "H1" else one for one in PERSONS
    )
    player.office.import_people(PeopleFile(persons, DEPARTMENTS), "people.csv", None)
    assert awaited(player) == ("H2",)


def awaited(player: Player) -> tuple[str, ...]:
    return people_awaited(player.program, player.task("talk"))


def acts(player: Player, task: Task, viewer: str) -> set[str]:
    return set(task_view(Reader(player.scope, "en"), task, viewer).acts)
