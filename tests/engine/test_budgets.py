"""Items with a budget: when it begins, what lets it stand, and that no reminder comes twice."""

from engine.clocks import remaining
from engine.commands import Refuse, Resume, Suspend
from engine.events import BudgetPaused, BudgetResumed, NoticeQueued
from engine.views.reader import Reader
from engine.views.tasks import task_view
from tests.engine.sample.company import Player, local

HOUR = 3600
TEXT = """rulebook budgets "Budgets"
  version 1.0.0
  timezone "Asia/Shanghai"

fact last_day "Last day" date set by hr
fact claims "Claims" integer default 1 set by hr

role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
role hr "HR" is anyone in group "HR"
role client "Client" is external

sla patient "Patient"
  remind giver 2 working days before due by sms
  escalate to boss 1 working day after due by inbox
  pause while waiting for client

sla signing "Signing"
  pause while waiting for boss

item papers "Papers"
  from leaver to hr
  evidence letter "Client's letter" file from client when claims > 0
  within 4 working days
  sla patient

item keys "Keys"
  from leaver to boss
  within 2 working days
  sla signing
  after papers

process leaving "Leaving"
  started by leaver, hr
  managed by hr
  first items
"""


def opened(text=TEXT, **facts) -> Player:
    player = Player(text)
    player.open(**facts)
    return player


def why(player: Player, ref: str) -> tuple[str, ...]:
    return task_view(Reader(player.scope, "en"), player.task(ref), "L").why


def without_letter() -> Player:
    """The budget of four working days ends on Friday evening; Monday is its first day, and not counted."""
    player = opened(claims=0)
    assert player.task("papers").due == local("2026-03-06T18:00")
    return player


def test_a_budget_begins_when_the_item_opens():
    player = without_letter()
    assert player.task("keys").due is None
    player.at("2026-03-03T10:00")
    player.hand_over("L", "papers")
    player.sign("H1", "papers")
    assert player.task("keys").due == local("2026-03-05T18:00")
    player.at("2026-03-05T18:00")
    assert player.task("keys").overdue


def test_a_budget_stands_while_evidence_of_a_role_is_awaited():
    player = opened()
    task = player.task("papers")
    assert (task.due, remaining(player.scope, task)) == (None, 40 * HOUR)
    assert player.scope.state.timers == {}
    assert why(player, "papers")[0] == "Its time stands still while Client is waited for."
    player.at("2026-03-20T12:00")
    player.attach("L", "papers", "letter")
    assert player.task("papers").due == local("2026-03-27T12:00")
    assert [one.role for one in player.of(BudgetPaused)] == ["client"]
    player.at("2026-03-26T09:00")
    assert [one.reason for one in player.of(NoticeQueued)] == ["reminder"]


def test_a_fact_lets_a_budget_stand_and_go_on_with_the_time_that_was_left():
    player = without_letter()
    player.at("2026-03-03T14:00")
    player.change("claims", 2)
    assert remaining(player.scope, player.task("papers")) == 28 * HOUR
    player.at("2026-03-11T16:30")
    player.change("claims", 0)
    assert player.task("papers").due == local("2026-03-17T11:30")
    player.at("2026-03-31T18:00")
    reasons = [one.reason for one in player.of(NoticeQueued)]
    assert reasons == ["reminder", "escalation"]
    assert player.task("papers").overdue


def test_a_reminder_that_was_sent_is_not_sent_again_after_a_pause():
    player = without_letter()
    player.at("2026-03-05T09:00")
    assert [one.reason for one in player.of(NoticeQueued)] == ["reminder"]
    player.change("claims", 2)
    player.at("2026-03-09T09:00")
    player.change("claims", 0)
    player.at("2026-03-10T17:00")
    assert [one.reason for one in player.of(NoticeQueued)] == ["reminder"]


def test_a_budget_stands_while_a_signature_is_awaited():
    player = without_letter()
    player.hand_over("L", "papers")
    player.sign("H1", "papers")
    player.at("2026-03-03T11:00")
    player.hand_over("L", "keys")
    assert player.task("keys").due is None
    player.at("2026-03-06T09:00")
    player.act("M", Refuse(player.task("keys").id, "One is missing"))
    assert player.task("keys").due == local("2026-03-09T16:00")
    player.hand_over("L", "keys")
    player.sign("M", "keys")
    assert player.state.status == "closed"
    assert len(player.of(BudgetPaused)) == 2
    assert len(player.of(BudgetResumed)) == 1


def test_what_is_late_has_no_time_left_to_keep():
    player = without_letter()
    player.at("2026-03-06T18:00")
    player.change("claims", 2)
    assert player.task("papers").overdue
    assert player.of(BudgetPaused) == []


def test_a_case_that_goes_on_leaves_a_pause_as_it_is():
    player = opened()
    player.act("H1", Suspend(None, "ill"))
    player.act("H1", Resume(None, "back"))
    assert player.task("papers").due is None
    player.act("H1", Suspend(player.task("papers").id, "lost"))
    player.change("claims", 0)
    assert player.task("papers").due is None
    player.act("H1", Resume(player.task("papers").id, "found"))
    assert player.task("papers").due == local("2026-03-06T18:00")
    player.change("claims", 1)
    player.act("H1", Suspend(player.task("papers").id, "lost"))
    player.act("H1", Resume(player.task("papers").id, "found"))
    assert player.task("papers").due is None


def test_a_default_that_pauses_does_not_move_a_point():
    text = TEXT.replace('sla patient "Patient"', 'sla patient "Patient" default')
    text = text.replace("  within 4 working days\n  sla patient\n", "  due last_day\n")
    player = opened(text)
    assert player.task("papers").due == local("2026-03-31T18:00")
    assert player.of(BudgetPaused) == []
