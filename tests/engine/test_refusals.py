"""Every act that is refused: with its code, and with nothing changed but the record of the attempt."""

import re
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from engine.commands import (
    Actor,
    Answer,
    Approve,
    Attach,
    CallBack,
    Cancel,
    ChangeFact,
    Comment,
    Complete,
    HandOver,
    Name,
    Provide,
    Refuse,
    Reject,
    Resubmit,
    Return,
    Sign,
    Suspend,
    Waive,
    Withdraw,
)
from engine.events import AttemptRefused
from engine.identity import Caller, identify, refuse_unless_administrator
from engine.people.directory import directory_of
from engine.rejection import Refusal
from engine.replay import event_of
from engine.seen import application_hash, item_hash, signed_hash
from engine.views.reader import Reader
from engine.views.refusals import refusal_view
from tests.engine.sample.company import ADMIN, EXIT, PERSONS, PROJECTS, SETTINGS, Player, kept
from tests.engine.sample.duties import Duties

EVERYBODY = directory_of(PERSONS)


@pytest.fixture
def player() -> Player:
    """A case whose application is approved; its items wait for the leaver."""
    return Player().resigned(projects=PROJECTS, car=True)


@pytest.fixture
def applied() -> Player:
    """A case that has just been opened."""
    fresh = Player()
    fresh.open()
    return fresh


def open_acts(player: Player) -> dict[str, object]:
    """An act for every kind of task, right in all but who does it."""
    papers = player.task("papers").id
    return {
        "name": Name(player.task("successor").id, "S"),
        "provide": Provide(papers, {"summary": "x"}),
        "attach": Attach(papers, "register", kept("x"), "x", None),
        "hand over": HandOver(papers, {}),
        "sign": Sign(papers, item_hash(player.item("papers"))),
        "refuse": Refuse(papers, "no"),
        "waive": Waive(papers, "no need"),
        "waive a gate": Waive("gate:severance", "no need"),
        "comment": Comment("hello", None),
        "comment on a task": Comment("hello", papers),
        "withdraw": Withdraw("no"),
        "change a fact": ChangeFact("last_day", "2026-04-01", None, "no"),
    }


def test_r100_there_is_no_such_case(player):
    answer = player.service.execute("2026-9999", Comment("x", None), Actor("L", "sandbox", "desk"))
    assert isinstance(answer, Refusal)
    assert answer.code == "R100"
    assert player.service.store.version("2026-9999/attempts") == 0


@pytest.mark.parametrize("act", sorted(open_acts(Player().resigned())))
def test_r101_the_wrong_person(player, act):
    refusal = player.refused("X", open_acts(player)[act])
    assert (refusal.code, refusal.kind) == ("R101", "authority")
    last = list(player.service.store.read(f"{player.case}/attempts"))[-1]
    attempt = event_of(last)
    assert isinstance(attempt, AttemptRefused)
    assert (attempt.person, attempt.code) == ("X", "R101")


@pytest.mark.parametrize("make", [Approve, Reject])
def test_r101_an_approver_of_another_step(applied, make):
    task = applied.task("resignation.manager").id
    for person in ("L", "H1", "X"):
        refusal = applied.refused(person, make(task, "x", application_hash(applied.state)))
        assert refusal.code == "R101"
    assert applied.refused("H1", Return(task, "x")).code == "R101"


def test_r101_twice_in_one_step(player):
    player.papers_done()
    player.act("V", Waive(player.item("project_handover", "P-1").id, "x"))
    player.act("V", Waive(player.item("project_handover", "P-2").id, "x"))
    player.hand_over("L", "car_keys")
    player.sign("G1", "car_keys")
    player.act("H1", Waive(player.task("mentoring").id, "x"))
    player.approve("M", "clearance.money")
    assert player.refused("M", player.approval("clearance.money")).code == "R101"


def test_r101_opening_for_somebody_else():
    player = Player()
    answer = player.try_open("X")
    assert isinstance(answer, Refusal)
    assert answer.code == "R101"
    assert player.service.store.count("cases") == 0
    assert player.service.store.version("cases/2026") == 0
    attempts = [event_of(one) for one in player.service.store.read("attempts")]
    assert [(one.person, one.command) for one in attempts] == [("X", "Open")]


def test_r101_a_person_in_the_place_of_a_system(player):
    refusal = player.refused("H1", Answer("hr_system", "stop", ok=True, note=""))
    assert refusal.code == "R101"


def test_r101_completing_what_falls_to_another(player):
    player.at("2026-03-31T18:00")
    refusal = player.refused("L", Complete(player.task("insurance").id, "done"))
    assert refusal.code == "R101"


def test_r101_resubmitting_for_another(applied):
    applied.act("M", Return(applied.task("resignation.manager").id, "once more"))
    assert applied.refused("M", Resubmit(applied.task("resignation").id, "", {}, {})).code == "R101"


def test_r102_whom_the_role_keeps_out_cannot_be_named(player):
    refusal = player.refused("M", Name(player.task("successor").id, "L"))
    assert (refusal.code, refusal.ids) == ("R102", ("successor",))


def test_r102_a_substitute_who_is_kept_out(player):
    player.name("M", "successor", "S")
    task = player.task("project_handover", "P-1").id
    player.hand_over("L", "project_handover", "P-1", plan="call them")
    seen = item_hash(player.item("project_handover", "P-1"))
    assert player.refused("L", Sign(task, seen), behalf="S").code == "R102"
    assert player.refused("L", Refuse(task, "no"), behalf="S").code == "R102"
    player.act("X", Sign(task, seen), behalf="S")


def test_r102_the_leaver_in_the_place_of_an_approver(applied):
    assert applied.refused("L", applied.approval("resignation.manager"), behalf="M").code == "R102"


def test_r102_nobody_approves_twice_in_the_place_of_another(applied):
    applied.approve("M", "resignation.manager")
    assert applied.refused("M", applied.approval("resignation.hr"), behalf="H1").code == "R102"


def test_r102_who_approved_in_the_place_of_another_does_not_approve_again(applied):
    applied.approve("H1", "resignation.manager", behalf="M")
    assert applied.task("resignation.hr").roles["hr"].people == ("H2",)
    assert applied.refused("H1", applied.approval("resignation.hr")).code == "R101"
    applied.approve("H2", "resignation.hr")


def test_r102_nobody_waives_for_themselves():
    player = Player().resigned_as_vp()
    gate = Waive("gate:severance", "it is mine")
    assert player.refused("V", gate).code == "R101"
    assert player.refused("V", Waive(player.task("papers").id, "x"), behalf="H1").code == "R102"


def test_r103_a_case_that_has_ended(player):
    acts = open_acts(player)
    player.act("L", Withdraw("I stay"))
    for act in acts.values():
        assert player.refused("L", act).code == "R103"


def test_r104_no_such_task(player):
    for command in (
        Approve("2026-0001/none#1", "x", ""),
        Name("none", "S"),
        HandOver("none", {}),
        Sign("none", ""),
        Waive("none", "x"),
        Waive("gate:none", "x"),
        Complete("none", "x"),
        Comment("x", "none"),
        Resubmit("none", "", {}, {}),
    ):
        assert player.refused("L", command).code == "R104"


def test_r104_an_answer_that_nobody_has_asked_for(player):
    answer = Answer("hr_system", "stop", ok=True, note="")
    assert player.refused("system:hr_system", answer).code == "R104"


def test_r105_an_act_for_another_kind_of_task(player):
    papers, naming = player.task("papers").id, player.task("successor").id
    for command in (
        Approve(papers, "x", ""),
        Complete(papers, "x"),
        Name(papers, "S"),
        Resubmit(papers, "x", {}, {}),
        HandOver(naming, {}),
        Sign(naming, ""),
    ):
        assert player.refused("L", command).code == "R105"


def test_r106_twice(player):
    player.papers_done()
    papers = player.task("papers")
    for command in (
        HandOver(papers.id, {}),
        Sign(papers.id, item_hash(papers)),
        Waive(papers.id, "x"),
        Attach(papers.id, "register", kept("x"), "x", None),
    ):
        assert player.refused("L", command).code == "R106"
    player.name("M", "successor", "S")
    assert player.refused("M", Name(player.task("successor").id, "T")).code == "R106"
    step = player.task("resignation.hr")
    again = Approve(step.id, "x", application_hash(player.state))
    assert player.refused("H1", again).code == "R106"


def test_r106_a_gate_that_is_open(player):
    player.papers_done()
    assert player.refused("V", Waive("gate:paper_gate", "x")).code == "R106"


def test_r107_nothing_said_where_something_must_be(player, applied):
    seen = application_hash(applied.state)
    step = applied.task("resignation.manager").id
    assert applied.refused("M", Approve(step, " ", seen)).ids == ("opinion",)
    assert applied.refused("M", Reject(step, "", seen)).code == "R107"
    assert applied.refused("M", Return(step, "\t")).code == "R107"
    assert applied.refused("L", Withdraw("")).code == "R107"
    assert player.refused("H1", Waive(player.task("papers").id, "　")).code == "R107"
    assert player.refused("V", Waive("gate:severance", "")).code == "R107"
    assert player.refused("L", Comment(" ", None)).code == "R107"
    assert player.refused("H1", ChangeFact("last_day", "2026-04-01", None, "")).code == "R107"
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="x")
    assert player.refused("H1", Refuse(player.task("papers").id, " ")).code == "R107"


def test_r108_no_way_back_where_a_rejection_ends_it():
    player = Player(EXIT.replace("on reject return to leaver", "on reject end"))
    player.open()
    task = player.task("resignation.manager").id
    assert player.refused("M", Return(task, "x")).code == "R108"
    player.act("M", player.rejection("resignation.manager"))
    assert player.state.status == "rejected"


def test_r109_the_application_has_changed_meanwhile(applied):
    old = applied.approval("resignation.manager")
    applied.change("last_day", "2026-04-30")
    applied.change("remark", "later")
    refusal = applied.refused("M", old)
    assert (refusal.code, refusal.ids) == ("R109", ("last_day", "remark"))
    shown = applied.approval("resignation.manager")
    applied.change("car", value=True)
    assert applied.refused("M", shown).ids == ("car",)
    applied.approve("M", "resignation.manager")


def test_r109_an_item_that_is_not_as_it_was_seen(player):
    player.attach("L", "papers", "register")
    old = item_hash(player.item("papers"))
    player.hand_over("L", "papers", summary="x")
    refusal = player.refused("H1", Sign(player.task("papers").id, old))
    assert (refusal.code, refusal.kind) == ("R109", "changed")


def test_r109_tells_what_was_handed_over_otherwise_since(player):
    player.name("M", "successor", "S")
    task = player.task("project_handover", "P-2").id
    player.attach("L", "project_handover", "letter", "P-2")
    player.hand_over("L", "project_handover", "P-2", plan="by rail")
    shown = player.signature("project_handover", "P-2")
    player.act("L", CallBack(task, "not by rail"))
    player.change("projects", [{**one, "name": "Sea wall"} for one in PROJECTS])
    player.hand_over("L", "project_handover", "P-2", plan="by road")
    refusal = player.refused("S", shown)
    assert (refusal.code, refusal.ids) == ("R109", ("name", "plan"))
    text = refusal_view(refusal, "en", Reader(player.scope, "en")).text
    assert "Plan" in text
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="x")
    never_shown = Sign(player.task("papers").id, "0" * 16)
    assert player.refused("H1", never_shown).ids == ("summary", "register")


def test_r109_a_document_tells_the_facts_that_have_changed():
    player = Duties().opened().all_but_letter()
    task = player.task("letter")
    shown = Sign(task.id, signed_hash(player.state, task))
    player.change("last_day", "2026-04-02")
    refusal = player.refused("L", shown)
    assert (refusal.code, refusal.ids) == ("R109", ("last_day",))


def test_r110_nobody_of_that_id(player):
    assert player.refused("M", Name(player.task("successor").id, "Z")).code == "R110"
    answer = player.try_open("H1", subject="Z")
    assert isinstance(answer, Refusal)
    assert answer.code == "R110"


@pytest.mark.parametrize(
    ("caller", "sandbox", "code"),
    [
        (Caller("m", "desk", "Z"), False, "R130"),
        (Caller("nobody", "desk"), False, "R131"),
        (Caller("s", "desk", "L"), False, "R132"),
        (Caller("nobody", "desk"), True, "R133"),
    ],
)
def test_who_is_at_the_keyboard(caller, sandbox, code):
    people = directory_of(replace(one, account=one.id.lower()) for one in PERSONS)
    answer = identify(caller, people, replace(SETTINGS, sandbox=sandbox), date(2026, 3, 2))
    assert isinstance(answer, Refusal)
    assert answer.code == code


def test_a_grant_to_act_for_another_is_recorded_with_both():
    people = directory_of(replace(one, account=one.id.lower()) for one in PERSONS)
    live = replace(SETTINGS, sandbox=False)
    actor = identify(Caller("s", "desk", "M"), people, live, date(2026, 3, 2))
    assert (actor.person, actor.on_behalf_of, actor.authority) == ("S", "M", "M")


def test_r134_no_administrator():
    assert refuse_unless_administrator(Caller("m", "desk"), SETTINGS.administrators).code == "R134"


def test_an_administrator_has_no_part_in_a_case_by_that(player):
    """Whoever publishes and imports acts in a case as anybody else does: here not at all."""
    known = [replace(one, account="root" if one.id == "X" else one.id) for one in PERSONS]
    live = replace(SETTINGS, sandbox=False)
    actor = identify(ADMIN, directory_of(known), live, date(2026, 3, 2))
    for act in (*open_acts(player).values(), Cancel("so"), Suspend(None, "so")):
        assert player.service.preview(player.case, act, actor).code == "R101"
    nobodys = identify(ADMIN, EVERYBODY, live, date(2026, 3, 2))
    assert nobodys.code == "R131"


def test_every_refusal_of_a_decider_is_tried():
    root = Path(__file__).parents[2]
    sources = [*(root / "engine/deciders").glob("*.py"), *(root / "engine").glob("*.py")]
    used = set(re.findall(r'"(R1[012]\d)"', "".join(one.read_text("utf-8") for one in sources)))
    here = Path(__file__).parent
    tests = "".join(
        one.read_text("utf-8").upper()
        for one in [*here.glob("test_refus*.py"), here / "test_rules.py"]
    )
    tried = set(re.findall(r"R1[012]\d", tests))
    assert used <= tried
