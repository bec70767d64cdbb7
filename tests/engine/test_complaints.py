"""What users of other engines complain about, complaint by complaint: Baton does not have it.

Where a complaint has many sides, the tests of its part try them all; here each is shown once.
"""

import sys
from datetime import timedelta

import pytest

from engine.clocks import remaining
from engine.commands import (
    Actor,
    AddApprover,
    Cancel,
    Claim,
    Delegate,
    HandOver,
    Open,
    Provide,
    Reassign,
    RemoveApprover,
    Resubmit,
    Resume,
    Return,
    Suspend,
    Waive,
    Withdraw,
)
from engine.desk.listing import board_rows
from engine.events import Approved, CaseClosed, DueChanged, HandedOver, NoticeQueued, TimerFired
from engine.projection import project
from engine.service import TICK_BATCH, Done, Service
from engine.views.cases import case_view
from engine.views.marks import case_marks
from engine.views.moved import deadlines
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from engine.waiting import people_awaited
from tests.engine.sample.company import PROJECTS, SETTINGS, Player, artefact_of, local
from tests.engine.sample.duties import CUSTOMERS, Duties
from tests.engine.sample.voting import FRAME, in_groups, status, voting, waits_for
from tests.engine.test_absences import substitute


def test_there_is_a_way_back_to_an_earlier_step():
    player = voting("step manager", "step hr", "step vp", "on reject back to step hr")
    player.approve("M", "vote.manager")
    player.approve("H1", "vote.hr")
    player.act("V", Return(player.task("vote.vp").id, "HR should look again"))
    assert waits_for(player, "hr") == {"H1", "H2"}
    player.approve("H2", "vote.hr")
    player.approve("V", "vote.vp")
    assert status(player) == "approved"


def test_an_application_is_revised_and_resubmitted_or_withdrawn():
    player = voting("step manager", "on reject return to leaver")
    player.act("M", Return(player.task("vote.manager").id, "Which day?"))
    player.act("L", Resubmit(player.task("vote").id, "The last of March", {}, {}))
    assert waits_for(player, "manager") == {"M"}
    player.act("L", Withdraw("I stay after all"))
    assert player.state.status == "withdrawn"


def test_adding_and_removing_approvers_keeps_the_count_right():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    player.approve("B1", "vote.quorum")
    player.act("H1", AddApprover(task, "V", "beside", "to be sure"))
    player.approve("B2", "vote.quorum")
    assert status(player) == "running", "the added approver has not spoken"
    player.act("H1", RemoveApprover(task, "V", "not needed"))
    assert status(player) == "approved"
    assert {vote.person for vote in player.task("vote.quorum").votes} == {"B1", "B2"}


def test_removing_one_who_was_asked_from_the_start_keeps_the_quorum_and_what_was_answered():
    player = voting("step 2 of board as quorum")
    task = player.task("vote.quorum").id
    player.approve("B1", "vote.quorum")
    player.act("H1", RemoveApprover(task, "B3", "on leave"))
    assert (status(player), waits_for(player, "quorum")) == ("running", {"B2"})
    player.refused("H1", RemoveApprover(task, "B2", "on leave"))  # two could not be found any more
    player.refused("H1", RemoveApprover(task, "B1", "he said yes"))
    player.approve("B2", "vote.quorum")
    assert status(player) == "approved"


@pytest.mark.parametrize(
    ("votes", "ends"),
    [((), "running"), ((True,), "running"), ((False,), "running"), ((True, True), "approved"),
     ((False, False), "rejected"), ((False, True, False), "rejected")],
)  # fmt: skip
def test_a_quorum_of_two_passes_with_two_yes_and_never_with_fewer(votes, ends):
    player = voting("step 2 of board as quorum")
    for person, yes in zip(("B1", "B2", "B3"), votes, strict=False):
        player.act(person, (player.approval if yes else player.rejection)("vote.quorum"))
    assert status(player) == ends


def test_a_quorum_never_passes_with_nobody():
    player = voting("step 2 of board as quorum", persons=in_groups(B1="", B2="", B3=""))
    assert status(player) == "running"
    assert waits_for(player, "quorum") == set()
    view = task_view(Reader(player.scope, "en"), player.task("vote.quorum"), "H1")
    assert view.why, "it says why nobody can act"


def test_what_is_assigned_already_moves_to_the_substitute_and_both_names_stay():
    player = voting("step manager")
    substitute(player, "M", "F", (2, 6))
    assert waits_for(player, "manager") == {"F"}
    player.approve("F", "vote.manager")
    (approved,) = player.of(Approved)
    assert (approved.person, approved.by) == ("M", "F")
    told = sentence(Reader(player.scope, "en"), approved)
    assert "Ma Ming" in told
    assert "Fang Fei" in told


def test_an_item_that_is_assigned_already_moves_to_the_substitute_too():
    player = Duties().opened()
    substitute(player, "L", "T", (2, 6))
    task = player.task("cash")
    assert people_awaited(player.program, task) == ("T",)
    moved = player.service.store.rows("tasks", {"people": "T"})
    assert sorted(one["ref"] for one in moved) == ["accounts", "accounts", "cash"]
    player.hand_over("T", "cash", receipts=0, found="500 CNY")
    (signature,) = player.item("cash").signatures
    assert signature.person == "L", "the giver does not vanish from the record"
    last = list(player.service.store.read(player.case))[-1]
    assert (last.actor, last.on_behalf_of) == ("T", "L")


def test_a_substitute_does_not_bypass_an_exclusion():
    player = voting("step manager")
    substitute(player, "M", "L", (2, 6))  # the applicant would decide about themself
    assert waits_for(player, "manager") == {"M"}
    assert player.refused("L", player.approval("vote.manager")).kind == "authority"


@pytest.mark.parametrize("who", ["L", "M"])
def test_an_excluded_person_does_not_come_in_through_a_group(who):
    """The applicant is kept out of every step, the manager by `never`."""
    text = FRAME.replace('in group "HR"', 'in group "HR"\n  never manager')
    player = voting("step hr", persons=in_groups(**{who: "HR"}), text=text)
    task = player.task("vote.hr").id
    assert waits_for(player, "hr") == {"H1", "H2"}
    acts = (
        (who, Claim(task)),
        (who, player.approval("vote.hr")),
        ("H1", Delegate(task, who, "you do it")),
        ("H1", AddApprover(task, who, "beside", "to be sure")),
        ("H1", Reassign(task, "H2", who, "ill")),
    )
    assert {player.refused(person, act).kind for person, act in acts} == {"authority"}
    assert player.refused(who, player.approval("vote.hr"), "H1").kind == "authority"
    player.act("H1", Claim(task))


def test_publishing_anew_neither_changes_nor_strands_a_running_case():
    player = voting("step manager within 2 working days", "step hr")
    player.act("H1", Suspend(None, "parked until the audit is over"))
    before = case_view(Reader(player.scope, "en"), "H1")
    newer = artefact_of(NEWER)
    assert player.office.publish(newer, "quite another way").artefact == newer.hash
    player.service = Service(player.service.store, SETTINGS, "another-host")
    assert case_view(Reader(player.scope, "en"), "H1") == before
    player.act("H1", Resume(None, "it is over"))
    player.approve("M", "vote.manager")
    player.approve("H1", "vote.hr")
    assert player.state.status == "closed"


NEWER = """rulebook votes "Votes"
  version 2.0.0
  timezone "Asia/Shanghai"
role leaver "Leaver" is subject
role hr "HR" is anyone in group "HR"
approval vote "Vote"
  step hr
process way "Way"
  started by leaver, hr
  managed by hr
  first approval vote
"""


def test_pausing_keeps_the_remaining_time():
    player = voting("step hr within 2 working days")
    player.at("2026-03-03T09:00")
    left = remaining(player.scope, player.task("vote.hr"))
    player.act("H1", Suspend(None, "ill"))
    player.at("2026-03-17T09:00")
    player.act("H1", Resume(None, "well"))
    task = player.task("vote.hr")
    assert left == remaining(player.scope, task) > 0
    # Eight of sixteen working hours were left on Tuesday morning: none of them passed in between.
    assert task.due == local("2026-03-18T18:00")
    player.at("2026-03-18T17:59")
    assert not player.task("vote.hr").overdue
    player.at("2026-03-18T18:00")
    assert player.task("vote.hr").overdue


def test_many_timers_at_once_fire_in_bounded_batches_each_once():
    many = [{"code": f"K{n}", "name": f"N{n}", "progress": "10%"} for n in range(TICK_BATCH // 2)]
    player = Player().resigned(projects=many)
    player.at("2026-04-20T09:00")
    fired = [(one.owner, one.timer.kind, one.timer.rung) for one in player.of(TimerFired)]
    assert len(fired) == len(set(fired)) > 2 * TICK_BATCH
    per_act: dict[str, int] = {}
    for one in player.service.store.read(player.case):
        if one.type == TimerFired.__name__:
            per_act[one.command_id] = per_act.get(one.command_id, 0) + 1
    assert max(per_act.values()) <= TICK_BATCH


def test_the_counts_of_list_diagram_and_detail_are_one():
    player = Duties().opened(customers=CUSTOMERS)
    player.act("H1", Waive(player.task("cash").id, "No cash"))
    view = case_view(Reader(player.scope, "en"), "M")
    (row,) = board_rows(player.service, "M", "en")
    stored = player.service.store.get("cases", player.case)
    waived = [one for one in view.tasks if one.kind == "item" and one.status == "waived"]
    assert view.items_waived == row.items_waived == stored["items_waived"] == len(waived) == 1
    assert view.items_done == row.items_done == stored["items_done"] == 0
    assert case_marks(player.scope)["item:cash"] == "done"


def test_a_step_costs_what_it_touches_however_large_the_case():
    (small, *few), (large, *many) = (step_among(projects) for projects in (10, 200))
    assert few == many == [1, 1]
    assert large <= 1.1 * small


def step_among(projects: int) -> tuple[int, int, int]:
    """Handing over one of so many projects: how many functions are called, rows and events written."""
    many = [{"code": f"P{n}", "name": f"N{n}", "progress": "60%"} for n in range(projects)]
    player = Player().resigned(projects=many)
    player.name("M", "successor", "S")
    player.hand_over("L", "project_handover", "P1", plan="The first one fills what is cached")
    act = HandOver(player.item("project_handover", "P2").id, {"plan": "Call them"})
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        del frame, argument
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    answer = player.service.execute(player.case, act, Actor("L", "sandbox", "desk"))
    sys.setprofile(None)
    assert isinstance(answer, Done)
    rows = [one for one in project(player.scope, answer.events) if one.table == "tasks"]
    assert {one.key for one in rows} == {act.task}
    return calls, len(rows), sum(isinstance(one, HandedOver) for one in answer.events)


def test_staff_see_their_clearance_tasks():
    player = Duties().opened()
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    rows = player.service.store.rows("tasks", {"people": "F"})
    assert [row["ref"] for row in rows] == ["cash"]
    (row,) = board_rows(player.service, "F", "en")
    assert row.mine
    shown = case_view(Reader(player.scope, "en"), "F").tasks
    assert [one.title for one in shown if "sign" in one.acts] == ["Petty cash"]


def test_nobody_acts_on_another_departments_item():
    player = Duties().opened()
    cash = player.task("cash")
    given = {"receipts": 0, "found": "500 CNY"}
    for stranger in ("G1", "V", "T"):
        for act in (HandOver(cash.id, given), Provide(cash.id, given), Waive(cash.id, "I say so")):
            assert player.refused(stranger, act).kind == "authority"
        assert player.refused(stranger, Reassign(cash.id, "L", "T", "so")).kind == "authority"
    player.hand_over("L", "cash", **given)
    for stranger in ("M", "V", "H1"):
        assert player.refused(stranger, player.signature("cash")).kind == "authority"
    player.sign("F", "cash")


def test_the_leaver_does_not_tick_off_what_others_must_receive():
    player = Duties().opened()
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    cash = player.task("cash").id
    player.refused("L", player.signature("cash"))
    for act in (Waive(cash, "all is there"), Reassign(cash, "F", "L", "I do it myself")):
        assert player.refused("L", act).kind == "authority"
    assert player.refused("F", Delegate(cash, "L", "do it yourself")).code
    assert player.item("cash").status == "handed_over"
    player.sign("F", "cash")
    assert player.item("cash").status == "done"


def test_cancelling_keeps_the_tasks_in_the_record():
    player = Duties().opened()
    before = set(player.state.tasks)
    player.act("H1", Cancel("opened by mistake"))
    assert set(player.state.tasks) == before
    view = case_view(Reader(player.scope, "en"), "H1")
    assert {one.status for one in view.tasks} <= {"cancelled", "not_applicable"}
    assert player.of(CaseClosed)[0].outcome == "cancelled"


def test_every_item_has_its_date():
    player = Player().resigned(projects=PROJECTS)
    assert player.task("papers").due == local("2026-03-17T18:00")
    player.at("2026-03-18T09:00")
    assert player.task("papers").overdue
    told = [one for one in player.of(NoticeQueued) if one.task == player.task("papers").id]
    assert {one.reason for one in told} >= {"reminder"}


def test_handing_over_is_asked_for_on_a_transfer_too():
    duties = Duties()
    program = duties.service.cases.program(duties.artefact.hash, "transfer")
    facts = {"last_day": "2026-03-31", "customers": CUSTOMERS, "till": "500 CNY"}
    opened = duties.service.open(
        program, Open("transfer", "L", facts, {}), Actor("M", "sandbox", "desk")
    )
    assert isinstance(opened, Done)
    rows = duties.service.store.rows("tasks", {"case": opened.case})
    asked = sorted(one["ref"] for one in rows if one["people"] == ["L"])
    assert asked == ["accounts", "accounts", "cash"]


def test_another_leaving_date_moves_the_whole_plan():
    player = Player().resigned(projects=PROJECTS)
    before = deadlines(player.scope)
    player.change("last_day", "2026-04-30")
    after = deadlines(player.scope)
    moved = {one.task for one in player.of(DueChanged)}
    assert player.task("papers").id in moved
    assert player.task("papers").due > local("2026-03-31T18:00")
    assert after["mailbox.revoke"] - before["mailbox.revoke"] == timedelta(days=30)
