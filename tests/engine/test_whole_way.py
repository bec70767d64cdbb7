"""Whole cases from opening to close; the player looks at replay, rows and counts after every act."""

from engine.commands import Answer, Refuse, Resubmit, Return, Waive, Withdraw
from engine.events import (
    ActionOpened,
    ApprovalBegun,
    GateOpened,
    GateShut,
    ItemReady,
    NamingOpened,
    RoleFilled,
    StageEntered,
    StepOpened,
    StepSkipped,
    SystemFailed,
)
from tests.engine.sample.company import PROJECTS, Player, local


def mentored(player: Player) -> None:
    player.name("M", "successor", "S")
    player.name("S", "mentor", "T")
    player.hand_over("L", "mentoring")
    player.sign("T", "mentoring")


def cleared(player: Player, *, board=False) -> None:
    player.approve("M", "clearance.money")
    player.approve("F", "clearance.money")
    if board:
        player.approve("B1", "clearance.quorum")
        player.approve("B3", "clearance.quorum")
    player.approve("G1", "clearance.final")


def last_day(player: Player) -> None:
    player.at("2026-03-31T18:00")
    player.complete("H1", "mailbox.grant")
    player.complete("H2", "mailbox.revoke")
    player.act("system:hr_system", Answer("hr_system", "stop", ok=True, note=""))


def test_a_plain_resignation_runs_to_its_close():
    player = Player().resigned().papers_done()
    mentored(player)
    cleared(player)
    assert [event.stage for event in player.of(StageEntered)] == ["application", "handover"]
    last_day(player)
    assert player.state.status == "closed"
    assert player.state.stage == "settlement"
    assert "pay" not in [event.ref for event in player.of(ActionOpened)]


def test_an_agreement_pays_when_the_gate_is_open():
    player = Player().resigned(kind="agreement", grade=12, projects=PROJECTS, car=True)
    player.name("M", "successor", "S")
    player.name("S", "mentor", "T")
    player.attach("L", "papers", "receipt")
    player.papers_done()
    for key in ("P-1", "P-2"):
        if key == "P-2":
            player.attach("L", "project_handover", "letter", key)
        player.hand_over("L", "project_handover", key, plan="Call them")
        player.sign("S", "project_handover", key)
        player.sign("M", "project_handover", key)
    player.hand_over("L", "mentoring")
    player.sign("T", "mentoring")
    player.hand_over("L", "car_keys")
    player.sign("G1", "car_keys")
    cleared(player, board=True)
    assert player.state.gates["severance"].open
    last_day(player)
    assert player.state.status == "open"
    player.complete("F", "pay")
    assert player.state.status == "closed"


def test_items_wait_for_what_comes_before_them():
    player = Player().resigned(projects=PROJECTS, car=True)
    assert player.item("car_keys").status == "waiting"
    assert player.item("mentoring").status == "waiting"
    player.papers_done()
    assert [event.task for event in player.of(ItemReady)] == ["2026-0001/car_keys#1"]
    player.act("V", Waive(player.item("project_handover", "P-1").id, "Nobody needs it"))
    assert player.item("mentoring").status == "waiting"
    player.act("V", Waive(player.item("project_handover", "P-2").id, "Nor this"))
    assert player.item("mentoring").status == "open"


def test_names_are_asked_for_along_the_chain():
    player = Player().resigned(projects=PROJECTS)
    assert [event.role for event in player.of(NamingOpened)] == ["successor", "mentor"]
    assert player.task("mentor").roles["successor"].lacking == "unnamed"
    player.name("M", "successor", "S")
    filled = {event.role: event.tasks for event in player.of(RoleFilled)}
    assert player.task("mentor").id in filled["successor"]
    player.name("S", "mentor", "T")
    assert player.item("mentoring").roles["mentor"].people == ("T",)
    assert player.item("project_handover", "P-1").roles["successor"].people == ("S",)


def test_a_returned_application_begins_again():
    player = Player()
    player.open()
    player.approve("M", "resignation.manager")
    player.act("H1", Return(player.task("resignation.hr").id, "The day is wrong"))
    assert player.state.approvals["resignation"].status == "returned"
    player.act("L", Resubmit(player.task("resignation").id, "Now right", {"remark": "new"}, {}))
    assert [event.round for event in player.of(ApprovalBegun)] == [1, 2]
    assert player.state.facts["remark"] == "new"
    assert player.task("resignation.manager").id.endswith("#2")
    player.approve("M", "resignation.manager")
    player.approve("H2", "resignation.hr")
    assert player.state.approvals["resignation"].status == "approved"


def test_a_step_whose_condition_does_not_hold_is_passed_over():
    player = Player()
    player.open(grade=9)
    player.approve("M", "resignation.manager")
    assert [event.step for event in player.of(StepSkipped)] == ["vp"]
    assert player.task("resignation.hr").status == "open"


def test_a_refused_item_comes_back_with_what_was_given():
    player = Player().resigned()
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="Half")
    player.sign("H1", "papers")
    player.act("M", Refuse(player.item("papers").id, "The half is missing"))
    papers = player.item("papers")
    assert (papers.status, papers.round, papers.signatures) == ("open", 2, ())
    assert papers.contents == {"summary": "Half"}
    player.hand_over("L", "papers", summary="Whole")
    player.sign("H2", "papers")
    player.sign("M", "papers")
    assert player.item("papers").status == "done"


def test_a_gate_that_was_open_shuts_again_when_a_late_item_appears():
    player = Player().resigned(kind="agreement")
    player.attach("L", "papers", "receipt")
    player.papers_done()
    mentored(player)
    cleared(player)
    assert player.state.gates["severance"].open
    player.change("car", value=True)
    assert not player.state.gates["severance"].open
    assert player.item("car_keys").status == "open"
    assert [event.gate for event in player.of(GateShut)] == ["severance"]
    last_day(player)
    assert player.state.tokens["gate:severance"] == 1
    player.hand_over("L", "car_keys")
    player.sign("G1", "car_keys")
    assert player.task("pay").status == "open"


def test_a_late_item_holds_the_close_and_nothing_else():
    player = Player().resigned().papers_done()
    mentored(player)
    cleared(player)
    player.change("car", value=True)
    last_day(player)
    assert player.state.stage == "settlement"
    assert player.state.status == "open"
    assert not player.state.tokens.total()
    player.hand_over("L", "car_keys")
    player.sign("G1", "car_keys")
    assert player.state.status == "closed"


def test_a_waived_gate_stays_open_whatever_happens():
    player = Player().resigned(kind="agreement")
    player.act("V", Waive("gate:severance", "On my responsibility"))
    player.change("car", value=True)
    waived = [event for event in player.of(GateOpened) if event.waived_by]
    assert [(event.gate, event.waived_by) for event in waived] == [("severance", "V")]
    assert player.state.gates["severance"].open


def test_a_withdrawn_case_leaves_nothing_behind():
    player = Player().resigned(projects=PROJECTS)
    player.act("L", Withdraw("I stay"))
    assert player.state.status == "withdrawn"
    assert player.service.store.count("tasks", {"case": player.case}) == 0
    assert player.service.store.count("timers", {"case": player.case}) == 0
    assert {task.status for task in player.state.tasks.values()} <= {
        "done", "cancelled", "not_applicable",
    }  # fmt: skip


def test_a_system_that_fails_leaves_the_task_to_its_person():
    player = Player().resigned()
    player.at("2026-03-31T18:00")
    player.act("system:hr_system", Answer("hr_system", "stop", ok=False, note="down"))
    assert len(player.of(SystemFailed)) == 1
    player.complete("H1", "insurance")
    assert player.task("insurance").status == "done"


def test_what_a_system_should_do_falls_to_its_person_at_once_who_has_their_own_time_for_it():
    player = Player().resigned()
    player.at("2026-03-31T18:00")
    (opened,) = [one for one in player.of(ActionOpened) if one.ref == "insurance"]
    assert (opened.call, opened.filled.people) == ("hr_system.stop", ("H1", "H2"))
    assert opened.due == local("2026-04-15T18:00")
    player.complete("H2", "insurance")
    late = player.refused("system:hr_system", Answer("hr_system", "stop", ok=True, note=""))
    assert late.code == "R104"


def test_a_rejection_goes_back_to_its_step_and_keeps_the_earlier_ones():
    player = Player().resigned(grade=8).papers_done()
    mentored(player)
    player.approve("M", "clearance.money")
    player.approve("F", "clearance.money")
    player.approve("B1", "clearance.quorum")
    player.approve("B2", "clearance.quorum")
    player.act("G1", player.rejection("clearance.final"))
    last = player.of(StepOpened)[-1]
    assert (last.step, last.round) == ("quorum", 2)
    player.approve("B2", "clearance.quorum")
    player.approve("B3", "clearance.quorum")
    player.approve("H1", "clearance.final")
    assert player.state.approvals["clearance"].status == "approved"


def test_a_rejection_before_the_step_it_goes_back_to_begins_the_round_again():
    player = Player().resigned(grade=8).papers_done()
    mentored(player)
    player.act("F", player.rejection("clearance.money"))
    last = player.of(StepOpened)[-1]
    assert (last.step, last.round) == ("money", 2)
    assert player.state.approvals["clearance"].approvers == ()
