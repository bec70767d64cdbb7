"""Items: counted, accepted on a condition, called back, handed over in place, split, explained when late."""

from datetime import date

import pytest
from msgspec.structs import replace

from engine.commands import (
    CallBack,
    ConfirmCause,
    Delegate,
    HandOver,
    Name,
    Provide,
    Refuse,
    RefuseCause,
    StateCause,
    Waive,
)
from engine.events import (
    CauseDropped,
    CopiesGiven,
    Counted,
    EvidenceAttached,
    HandedOver,
    NamingEnded,
    NoticeQueued,
)
from engine.people.reading import PeopleFile
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from engine.waiting import people_awaited
from tests.engine.sample.company import DEPARTMENTS, PERSONS, Player
from tests.engine.sample.duties import CUSTOMERS, DUTIES, Duties
from tests.engine.sample.voting import in_groups

LATE = "2026-03-27T09:00"
"""Petty cash was due on the 26th."""


def view(player, task, viewer="M", language="en"):
    return task_view(Reader(player.scope, language), task, viewer)


def cash_given(player, receipts=0, found="500 CNY"):
    return player.hand_over("L", "cash", receipts=receipts, found=found)


def test_a_count_that_agrees_needs_no_further_signature():
    player = Duties().opened()
    cash_given(player)
    (counted,) = player.of(Counted)
    assert (counted.expected, counted.difference, counted.signer) == ("500 CNY", "0 CNY", None)
    player.sign("F", "cash")
    assert player.item("cash").status == "done"


@pytest.mark.parametrize(("found", "difference"), [("480 CNY", "-20 CNY"), ("530 CNY", "30 CNY")])
def test_a_difference_is_signed_by_whoever_signs_differences(found, difference):
    player = Duties().opened()
    cash_given(player, found=found)
    assert player.of(Counted)[-1].difference == difference
    player.sign("F", "cash")
    task = player.item("cash")
    assert task.status == "handed_over"
    assert people_awaited(player.program, task) == ("H1", "H2")
    assert any(difference in line for line in view(player, task).why)
    player.sign("H2", "cash")
    assert player.item("cash").status == "done"


def test_a_count_per_record_is_held_against_its_own_record():
    player = Duties().opened()
    player.name("M", "successor", "S")
    player.hand_over("L", "accounts", "K1", contracts=2)
    player.hand_over("L", "accounts", "K2", contracts=1)
    assert [one.difference for one in player.of(Counted)] == [-1, 0]


def test_a_count_is_missing_like_content():
    player = Duties().opened()
    refusal = player.refused("L", HandOver(player.task("cash").id, {"receipts": 0}))
    assert (refusal.code, refusal.ids) == ("R118", ("found",))


def test_what_was_counted_wrong_is_counted_again_after_a_refusal():
    player = Duties().opened()
    cash_given(player, found="480 CNY")
    player.act("F", Refuse(player.task("cash").id, "Count again"))
    assert player.item("cash").tallies == {}
    cash_given(player)
    player.sign("F", "cash")
    assert player.item("cash").status == "done"


def test_nobody_accepts_before_the_condition_holds():
    player = Duties().opened()
    cash_given(player, receipts=2)
    task = player.item("cash")
    answer = player.attempt("F", player.signature("cash"))
    assert (answer.code, answer.kind, answer.ids) == ("R152", "missing", ("receipts",))
    assert any("Open receipts" in line for line in view(player, task).why)
    player.act("L", CallBack(task.id, "Two receipts were left"))
    cash_given(player, receipts=0)
    player.sign("F", "cash")
    assert player.item("cash").status == "done"


def test_a_handover_can_be_called_back_until_somebody_has_accepted_it():
    player = Duties().opened()
    cash_given(player, found="480 CNY")
    task = player.task("cash").id
    assert "call_back" in view(player, player.task("cash"), "L").acts
    assert player.refused("F", CallBack(task, "mine")).code == "R101"
    assert player.refused("L", CallBack(task, " ")).code == "R107"
    player.act("L", CallBack(task, "A slip"))
    assert player.item("cash").status == "open"
    assert not player.item("cash").signatures
    cash_given(player, found="480 CNY")
    player.sign("F", "cash")
    refusal = player.refused("L", CallBack(task, "Once more"))
    assert (refusal.code, refusal.ids) == ("R150", ("F",))
    assert "call_back" not in view(player, player.task("cash"), "L").acts


def test_the_accountable_person_hands_over_for_a_giver_who_refuses():
    player = Duties().opened()
    task = player.task("cash").id
    values = {"receipts": 0, "found": "500 CNY"}
    assert player.refused("M", HandOver(task, values)).code == "R107"
    assert player.refused("G1", HandOver(task, values, "I like to")).code == "R101"
    player.act("M", HandOver(task, values, "He will not"))
    (event,) = player.of(HandedOver)
    assert (event.person, event.in_place_of, event.reason) == ("M", ("L",), "He will not")
    assert any("in the place of Li Lei" in line for line in view(player, player.task("cash")).why)
    player.sign("F", "cash")
    assert player.item("cash").status == "done"


def test_the_accountable_person_hands_over_for_a_giver_who_is_gone():
    gone = tuple(replace(one, left=date(2026, 3, 10)) if one.id == "L" else one for one in PERSONS)
    player = Duties(persons=gone).opened()
    player.at("2026-03-11T09:00")
    task = player.task("cash")
    assert "hand_over" in view(player, task).acts
    assert any("not here any more" in line for line in view(player, task).why)
    player.act("M", HandOver(task.id, {"receipts": 0, "found": "500 CNY"}))
    assert player.of(HandedOver)[0].in_place_of is not None


def test_several_receivers_split_a_list():
    player = Duties().opened()
    naming, k1, k2 = (
        player.task("successor").id,
        player.item("accounts", "K1").id,
        player.item("accounts", "K2").id,
    )
    player.act("M", Name(naming, "S", (k1,)))
    assert player.state.tasks[naming].status == "open"
    assert player.refused("M", Name(naming, "T", (k1,))).code == "R153"
    player.act("M", Name(naming, "T", (k2,)))
    assert player.state.tasks[naming].status == "done"
    assert player.of(NamingEnded)
    for key, heir in (("K1", "S"), ("K2", "T")):
        assert player.item("accounts", key).roles["successor"].people == (heir,)
        player.hand_over("L", "accounts", key, contracts=3 if key == "K1" else 1)
        player.sign(heir, "accounts", key)
    assert player.state.undone["accounts"] == 0


def test_a_record_that_comes_after_the_split_asks_for_a_name_again():
    player = Duties().opened()
    ids = tuple(player.item("accounts", key).id for key in ("K1", "K2"))
    player.act("M", Name(player.task("successor").id, "S", ids))
    more = [*CUSTOMERS, {"code": "K3", "name": "Kern", "contracts": 0, "owner": "L"}]
    player.change("customers", more)
    naming = player.task("successor")
    assert naming.id.endswith("#2")
    player.act("M", Name(naming.id, "T"))
    assert player.item("accounts", "K3").roles["successor"].people == ("T",)
    assert player.item("accounts", "K1").roles["successor"].people == ("S",)


def test_a_delay_has_a_cause_that_the_superior_confirms():
    player = Duties().opened()
    player.at(LATE)
    cause = player.state.tasks[f"{player.case}/cash.cause#1"]
    assert people_awaited(player.program, cause) == ("L",)
    assert view(player, cause, "L").acts == ("state_cause", "delegate")
    assert player.refused("M", StateCause(cause.id, "x")).code == "R101"
    assert player.refused("L", StateCause(cause.id, " ")).code == "R107"
    assert player.refused("M", ConfirmCause(cause.id)).code == "R151"
    player.act("L", StateCause(cause.id, "The till was locked"))
    assert view(player, player.state.tasks[cause.id], "M").acts == (
        "confirm_cause",
        "refuse_cause",
        "delegate",
    )
    player.act("M", RefuseCause(cause.id, "It was open"))
    player.act("L", StateCause(cause.id, "I forgot"))
    player.act("M", ConfirmCause(cause.id))
    assert player.state.tasks[cause.id].status == "done"


def test_a_case_does_not_close_before_every_cause_is_confirmed():
    player = Duties().opened(customers=[])
    player.at(LATE)
    cash_given(player)
    player.sign("F", "cash")
    player.hand_over("L", "keys")
    player.sign("G1", "keys")
    for person in ("L", "F", "M"):
        player.sign_shown(person, "letter")
    assert player.state.status == "open"
    cause = f"{player.case}/cash.cause#1"
    player.act("L", StateCause(cause, "I was ill"))
    player.act("M", ConfirmCause(cause))
    assert player.state.status == "closed"


def test_nobody_confirms_what_they_have_said_themselves():
    player = Duties(DUTIES.replace("cause by leaver", "cause by manager")).opened()
    player.at(LATE)
    cause = f"{player.case}/cash.cause#1"
    player.act("M", StateCause(cause, "I was away"))
    everybody = PeopleFile(PERSONS, DEPARTMENTS)
    assert player.office.import_people(everybody, "people.csv", None) is None
    assert people_awaited(player.program, player.state.tasks[cause]) == ("H1", "H2")
    assert player.refused("M", ConfirmCause(cause)).code == "R101"
    player.act("H1", ConfirmCause(cause))


def test_nobody_comes_to_confirm_their_own_word_by_another_way():
    text = DUTIES.replace("cause by leaver confirmed by manager", "cause by hr confirmed by hr")
    player = Duties(text).opened()
    player.at(LATE)
    cause = f"{player.case}/cash.cause#1"
    player.act("H1", StateCause(cause, "I was away"))
    everybody = PeopleFile(PERSONS, DEPARTMENTS)
    assert player.office.import_people(everybody, "people.csv", None) is None
    assert people_awaited(player.program, player.state.tasks[cause]) == ("H2",)
    assert player.refused("H2", Delegate(cause, "H1", "you know it")).code == "R102"
    assert player.refused("H1", ConfirmCause(cause), behalf="H2").code == "R102"
    player.act("H2", ConfirmCause(cause))


def test_a_delay_that_is_none_any_more_needs_no_cause():
    moved = Duties().opened()
    moved.at(LATE)
    moved.change("last_day", "2026-05-29")
    waived = Duties().opened()
    waived.at(LATE)
    waived.act("H1", Waive(waived.task("cash").id, "No cash"))
    for player in (moved, waived):
        assert player.of(CauseDropped)
        assert player.state.open_causes == 0


def test_late_again_asks_again():
    player = Duties().opened()
    player.at(LATE)
    player.change("last_day", "2026-04-30")
    player.at("2026-05-04T09:00")
    assert player.state.tasks[f"{player.case}/cash.cause#2"].status == "open"


def test_copies_go_to_whoever_is_to_have_one():
    player = Duties().opened()
    cash_given(player)
    player.sign("F", "cash")
    (copies,) = player.of(CopiesGiven)
    assert (copies.number, copies.people) == (3, ("L", "F"))
    notices = [one for one in player.of(NoticeQueued) if one.reason == "copy"]
    assert [one.person for one in notices[0].to] == ["L", "F"]


def test_counting_ahead_is_stating_content():
    player = Duties().opened()
    player.act("L", Provide(player.task("cash").id, {"found": "499 CNY"}))
    assert player.refused("F", Provide(player.task("cash").id, {"found": "1 CNY"})).code == "R101"
    player.hand_over("L", "cash", receipts=0)
    assert player.of(Counted)[0].found == "499 CNY"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_does_not_apply_says_why(language):
    player = Duties().opened()
    player.change("customers", CUSTOMERS[:1])
    task = player.item("accounts", "K2")
    assert task.status == "not_applicable"
    assert view(player, task, language=language).why == (
        {
            "en": "Its record is no longer in Customers.",
            "zh": "其记录已不在Customers中。",
        }[language],
    )


def test_what_comes_from_outside_is_attached_by_an_insider_and_recorded_as_received():
    player = Player().resigned(kind="agreement")
    player.attach("L", "papers", "receipt")
    player.attach("L", "papers", "register")
    files = {one.evidence: (one.person, one.received_from) for one in player.of(EvidenceAttached)}
    assert files == {"receipt": ("L", "client"), "register": ("L", None)}
    received, own = (
        sentence(Reader(player.scope, "en"), one) for one in player.of(EvidenceAttached)
    )
    assert "Client" in received
    assert "Client" not in own


@pytest.mark.parametrize(
    ("signed_by", "order"),
    [("", [("L", "L"), ("G1", "L,G1")]),
     ("signed by guard", [("L", ""), ("G1", "G1")]),
     ("signed by leaver", [("L", "L")]),
     ("signed by manager then guard", [("L", ""), ("M", "M"), ("G1", "M,G1")])],
)  # fmt: skip
def test_handing_over_signs_for_a_giver_who_is_listed_and_the_others_sign_in_their_order(
    signed_by, order
):
    text = DUTIES.replace("  after cash\n", f"  {signed_by}\n" if signed_by else "")
    player = Duties(text).opened()
    (_, first), *others = order
    player.hand_over("L", "keys")
    assert ",".join(one.person for one in player.item("keys").signatures) == first
    for person, signed in others:
        assert people_awaited(player.program, player.item("keys")) == (person,)
        player.sign(person, "keys")
        assert ",".join(one.person for one in player.item("keys").signatures) == signed
    assert player.item("keys").status == "done"


def test_whoever_is_named_for_one_item_is_kept_out_of_the_other_roles_of_that_item_alone():
    text = DUTIES.replace('role finance "Finance" is head of department "Finance"', APART_FINANCE)
    money = in_groups(F="Money", V="Money")
    player = Duties(text, persons=money).opened(customers=CUSTOMERS)
    player.act("M", Name(player.task("successor").id, "F", (player.item("accounts", "K1").id,)))
    player.act("M", Name(player.task("successor").id, "T", (player.item("accounts", "K2").id,)))
    for key, people in (("K1", ("V",)), ("K2", ("F", "V"))):
        player.hand_over("L", "accounts", key, contracts=9)
        assert player.item("accounts", key).roles["finance"].people == people


APART_FINANCE = """role finance "Finance" is anyone in group "Money"
  never successor"""
