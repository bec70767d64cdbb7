"""Acts on facts, items and actions that are refused, with nothing changed."""

import pytest

from engine.commands import Attach, ChangeFact, Complete, HandOver, Provide, Refuse, Sign, Waive
from engine.rejection import Refusal
from engine.seen import item_hash
from tests.engine.sample.company import EXIT, FACTS, PROJECTS, Player, kept


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


def test_r111_no_such_fact(player):
    answer = player.try_open(height="1")
    assert isinstance(answer, Refusal)
    assert (answer.code, answer.ids) == ("R111", ("height",))
    assert player.refused("H1", ChangeFact("height", "1", None, "x")).code == "R111"


def test_r112_a_fact_that_must_be_there(player):
    given = {name: None for name in FACTS if name != "projects"}
    answer = player.try_open(**given)
    assert isinstance(answer, Refusal)
    assert (answer.code, set(answer.ids)) == ("R112", set(given))
    assert player.refused("H1", ChangeFact("last_day", None, None, "x")).code == "R112"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        ("grade", 16),
        ("grade", "five"),
        ("kind", "dismissal"),
        ("last_day", "2026-02-30"),
        ("salary", "18000"),
        ("salary", "18000 EUR"),
        ("car", "maybe"),
        ("projects", [{"code": "P"}]),
        ("projects", [PROJECTS[0], PROJECTS[0]]),
    ],
)
def test_r113_a_value_of_another_type(applied, fact, value):
    answer = applied.try_open(**{fact: value})
    assert isinstance(answer, Refusal)
    assert answer.code == "R113"
    if fact != "salary":
        assert applied.refused("H1", ChangeFact(fact, value, None, "x")).code == "R113"


def test_r113_content_of_another_type(player):
    task = player.task("papers").id
    assert player.refused("L", Provide(task, {"pages": "many"})).code == "R113"
    assert player.refused("L", HandOver(task, {"pages": "many"})).code == "R113"


def test_r114_before_what_comes_first(player):
    task = player.task("car_keys").id
    refusal = player.refused("L", HandOver(task, {}))
    assert (refusal.code, refusal.ids) == ("R114", ("papers",))
    assert player.refused("L", Provide(task, {})).code == "R114"


def test_r115_what_has_been_handed_over_is_not_changed(player):
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="x")
    task = player.task("papers").id
    assert player.refused("L", Provide(task, {"summary": "y"})).code == "R115"
    assert player.refused("L", HandOver(task, {})).code == "R115"
    late = Attach(task, "receipt", kept("late"), "late", None)
    assert player.refused("L", late).code == "R115"


def test_r116_what_the_item_does_not_ask_for(player):
    task = player.task("papers").id
    assert player.refused("L", Provide(task, {"weight": "1"})).code == "R116"
    assert player.refused("L", Attach(task, "photo", kept("x"), "x", None)).code == "R116"
    keys = player.task("car_keys").id
    refusal = player.refused("L", Attach(keys, "photo", kept("x"), "x", None))
    assert (refusal.code, refusal.values["known"]) == ("R116", "—")


def test_r117_nobody_to_hand_over_to(player):
    refusal = player.refused(
        "L", HandOver(player.task("project_handover", "P-1").id, {"plan": "x"})
    )
    assert (refusal.code, refusal.ids) == ("R117", ("successor",))


def test_access_ends_whoever_is_still_to_be_named_but_what_is_in_it_is_told(player):
    player.at("2026-03-31T18:00")
    task = f"{player.case}/mailbox.revoke#1"
    refusal = player.refused("H1", Complete(task, " "))
    assert (refusal.code, refusal.values["field"]) == ("R107", "note")
    player.act("H1", Complete(task, "Kept by IT until the successor is named"))
    assert player.task("mailbox").status == "done"


def test_r118_missing_content_and_evidence(player):
    task = player.task("papers").id
    refusal = player.refused("L", HandOver(task, {}))
    assert (refusal.code, refusal.ids) == ("R118", ("summary", "register"))
    assert player.refused("L", HandOver(task, {"summary": " "})).ids == ("summary", "register")
    player.name("M", "successor", "S")
    far = player.task("project_handover", "P-2").id
    assert player.refused("L", HandOver(far, {"plan": "x"})).ids == ("letter",)


def test_r119_nothing_to_sign_or_refuse_yet(player):
    task = player.task("papers")
    assert player.refused("H1", Sign(task.id, item_hash(task))).code == "R119"
    assert player.refused("H1", Refuse(task.id, "x")).code == "R119"


def test_r120_signing_out_of_turn(player):
    player.attach("L", "papers", "register")
    player.hand_over("L", "papers", summary="x")
    task = player.task("papers")
    seen = item_hash(task)
    assert player.refused("M", Sign(task.id, seen)).code == "R120"
    player.sign("H1", "papers")
    assert player.refused("H1", Sign(task.id, seen)).code == "R120"


def test_r121_what_a_gate_holds_is_not_done_after_it_has_shut():
    text = EXIT.replace("  releases severance\n", "  releases severance\n  on last_day\n")
    other = Player(text.replace("then if kind is not resignation", "then if grade > 0"))
    other.resigned()
    other.papers_done()
    other.act("H1", Waive(other.task("mentoring").id, "x"))
    other.approve("M", "clearance.money")
    other.approve("F", "clearance.money")
    other.approve("G1", "clearance.final")
    other.at("2026-03-31T18:00")
    other.name("M", "successor", "S")
    other.complete("H1", "mailbox.grant")
    other.complete("H1", "mailbox.revoke")
    other.complete("H1", "insurance")
    assert other.task("pay").status == "open"
    other.change("car", value=True)
    refusal = other.refused("F", Complete(other.task("pay").id, "paid"))
    assert (refusal.code, refusal.ids) == ("R121", ("severance",))
