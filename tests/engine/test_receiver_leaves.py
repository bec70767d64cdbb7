"""The receiver leaves in the middle: what is open, handed over and accepted then, and who is asked."""

from datetime import date

from msgspec.structs import replace

from engine.people.reading import PeopleFile
from engine.views.board import Light
from engine.views.cases import case_view
from engine.views.reader import Reader
from engine.views.responsible import hand_overs, responsible
from engine.views.tasks import task_view
from engine.views.timeline import timeline
from tests.engine.sample.company import DEPARTMENTS, PERSONS
from tests.engine.sample.duties import CUSTOMERS, Duties
from tests.engine.sample.looking import look_at

K3 = {"code": "K3", "name": "Kord", "contracts": 2, "owner": "L"}
KEYS = ("K1", "K2", "K3")
LAST_DAY = date(2026, 3, 5)


def left_alone() -> Duties:
    """Sun Sue has accepted one customer, is to accept the second, gets the third; then she leaves."""
    player = Duties().opened(customers=[*CUSTOMERS, K3])
    player.name("M", "successor", "S")
    player.hand_over("L", "accounts", "K1", contracts=3)
    player.sign("S", "accounts", "K1")
    player.hand_over("L", "accounts", "K2", contracts=1)
    people = tuple(replace(one, left=LAST_DAY) if one.id == "S" else one for one in PERSONS)
    assert player.office.import_people(PeopleFile(people, DEPARTMENTS), "p.csv", None) is None
    look_at(player.service, player.case)
    return player


def light(player: Duties) -> Light:
    return case_view(Reader(player.scope, "en"), "M").status


def awaited(player: Duties, ref: str, key: str | None = None) -> tuple[str, ...]:
    task = player.task(ref, key)
    row = player.service.store.get("tasks", task.id)
    assert row is not None
    return tuple(row["people"])


def test_until_the_last_day_is_over_the_receiver_acts_as_before() -> None:
    player = left_alone()
    assert awaited(player, "accounts", "K2") == ("S",)
    player.at("2026-03-05T17:00")
    player.sign("S", "accounts", "K2")
    assert player.item("accounts", "K2").status == "done"


def test_what_is_not_accepted_waits_for_a_new_name_and_the_manager_is_asked_for_it() -> None:
    player = left_alone()
    player.at("2026-03-06T09:00")
    handed, asked = player.item("accounts", "K2"), player.task("successor")
    assert (handed.status, awaited(player, "accounts", "K2")) == ("handed_over", ())
    assert (asked.id[-2:], awaited(player, "successor")) == ("#2", ("M",))
    assert asked.due is not None
    assert light(player) == "stuck"
    why = task_view(Reader(player.scope, "en"), handed, "M").why
    assert any("Successor" in line for line in why)
    assert player.refused("S", player.signature("accounts", "K2")).code == "R135"


def test_the_new_receiver_accepts_what_lies_there_and_gets_what_is_open() -> None:
    player = left_alone()
    player.at("2026-03-06T09:00")
    player.name("M", "successor", "T")
    assert light(player) == "running"
    handed = player.item("accounts", "K2")
    assert (handed.round, awaited(player, "accounts", "K2")) == (1, ("T",))
    player.sign("T", "accounts", "K2")
    player.hand_over("L", "accounts", "K3", contracts=2)
    player.sign("T", "accounts", "K3")
    signers = {key: [one.person for one in player.item("accounts", key).signatures] for key in KEYS}
    assert signers == {"K1": ["L", "S"], "K2": ["L", "T"], "K3": ["L", "T"]}


def test_what_was_accepted_stays_with_whoever_did_and_then_with_their_department() -> None:
    player = left_alone()
    player.at("2026-03-06T09:00")
    player.name("M", "successor", "T")
    records = hand_overs(Reader(player.scope, "en"), "K1", player.service.store.read(player.case))
    (answer,) = responsible(records, date(2026, 3, 10))
    assert (answer.people, answer.how) == (("Sun Sue",), "received")
    assert player.item("accounts", "K1").status == "done"


def test_that_there_is_no_receiver_is_told_once_and_that_one_is_to_be_named() -> None:
    player = left_alone()
    player.at("2026-03-06T09:00")
    stored = list(player.service.store.read(player.case))
    reader = Reader(player.scope, "en")
    (told,) = (
        one for one in timeline(reader, stored) if one.text.startswith("The Successor is to")
    )
    (act,) = {one.command_id for one in stored if one.sequence == told.sequence}
    assert sum((one.type, one.command_id) == ("RoleFilled", act) for one in stored) > 1


def test_whoever_has_signed_a_document_stays_in_it_also_after_they_have_left() -> None:
    player = Duties().opened().all_but_letter()
    player.sign_shown("F", "letter")
    people = tuple(replace(one, left=date(2026, 3, 1)) if one.id == "F" else one for one in PERSONS)
    assert player.office.import_people(PeopleFile(people, DEPARTMENTS), "p.csv", None) is None
    assert player.task("letter").roles["finance"].people == ("F",)
    for person in ("L", "M"):
        player.sign_shown(person, "letter")
    assert player.task("letter").status == "done"
