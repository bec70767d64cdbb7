"""The unfinished items with their consequences, and who was responsible on a day through hand-overs."""

from datetime import date

import pytest

from engine.commands import Actor, StateCause, Waive
from engine.desk.board import BoardPage, BoardQuery
from engine.desk.desk import Desk
from engine.views.access import may_see
from engine.views.cases import case_view
from engine.views.marks import case_marks
from engine.views.progress import progress_short
from engine.views.reader import Reader
from engine.views.responsible import hand_overs, responsible
from engine.views.unfinished import unfinished
from tests.engine.sample.duties import CUSTOMERS, Duties


def report(player, viewer="M", language="en"):
    return {row.title: row for row in unfinished(Reader(player.scope, language), viewer)}


def test_the_report_tells_who_since_when_and_what_waits_for_it():
    player = Duties().opened()
    cash = report(player)["Petty cash"]
    assert (cash.people, cash.status, cash.cause) == (("Li Lei",), "open", None)
    assert cash.since == player.state.opened_at
    assert cash.holds == ("Certificate holds: the leaving certificate", "Keys waits for it")


def test_the_report_tells_the_cause_of_a_delay_and_whether_it_is_confirmed():
    player = Duties().opened()
    player.at("2026-03-27T09:00")
    cash = report(player)["Petty cash"]
    assert (cash.status, cash.cause) == ("overdue", None)
    player.act("L", StateCause(f"{player.case}/cash.cause#1", "I was ill"))
    cash = report(player)["Petty cash"]
    assert (cash.cause, cash.confirmed) == ("I was ill", False)


def test_what_is_done_or_waived_is_not_in_the_report():
    player = Duties().opened()
    player.act("H1", Waive(player.task("cash").id, "No cash"))
    assert "Petty cash" not in report(player)
    assert report(player)["Keys"].status == "open"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_row_of_the_report_is_in_words(language):
    player = Duties().opened()
    for row in unfinished(Reader(player.scope, language), "M"):
        assert row.title
        assert "{" not in "".join((*row.holds, *row.why))


def records(*players, what):
    return [
        one
        for player in players
        for one in hand_overs(
            Reader(player.scope, "en"), what, player.service.store.read(player.case)
        )
    ]


def passed_on():
    """The customer K1 goes from L to S, and a month later from S to T."""
    first = Duties().opened(customers=CUSTOMERS[:1])
    first.name("M", "successor", "S")
    first.at("2026-03-10T10:00")
    first.hand_over("L", "accounts", "K1", contracts=3)
    first.sign("S", "accounts", "K1")
    second = Duties()
    second.at("2026-04-01T09:00")
    moved = [{**CUSTOMERS[0], "owner": "S"}]
    second.open("S", subject="S", customers=moved, last_day="2026-04-30")
    second.name("M", "successor", "T")
    second.at("2026-04-15T10:00")
    second.hand_over("S", "accounts", "K1", contracts=3)
    second.sign("T", "accounts", "K1")
    return first, second


@pytest.mark.parametrize(
    ("day", "who", "how"),
    [
        (date(2026, 3, 9), "Li Lei", "giver"),
        (date(2026, 3, 10), "Sun Sue", "received"),
        (date(2026, 4, 14), "Sun Sue", "received"),
        (date(2026, 4, 15), "Tang Tim", "received"),
        (date(2026, 12, 31), "Tang Tim", "received"),
    ],
)
@pytest.mark.parametrize("what", ["K1", "accounts[K1]", "customer[K1]"])
def test_who_was_responsible_on_a_day_through_any_number_of_handovers(what, day, who, how):
    (answer,) = responsible(records(*passed_on(), what=what), day)
    assert (answer.people, answer.how) == ((who,), how)
    assert answer.proof is not None


def test_the_proof_is_the_act_with_which_it_was_done():
    first, second = passed_on()
    (answer,) = responsible(records(first, second, what="K1"), date(2026, 4, 1))
    stored = [
        one
        for one in first.service.store.read(first.case)
        if one.type == "ItemDone" and one.sequence == answer.proof.sequence
    ]
    assert stored[0].previous == answer.proof.hash_before


def test_what_nobody_has_taken_over_is_still_the_givers():
    player = Duties().opened()
    (answer,) = responsible(records(player, what="Petty cash"), date(2030, 1, 1))
    assert (answer.people, answer.how, answer.proof) == (("Li Lei",), "giver", None)
    assert responsible(records(player, what="no such thing"), date(2030, 1, 1)) == []


def test_counts_agree_in_list_diagram_and_detail():
    """A complaint about other systems: the list says five are open, the diagram four."""
    player = Duties().opened()
    player.act("H1", Waive(player.task("cash").id, "No cash"))
    player.name("M", "successor", "S")
    player.hand_over("L", "accounts", "K1", contracts=3)
    player.sign("S", "accounts", "K1")
    reader = Reader(player.scope, "en")
    view = case_view(reader, "M")
    page = Desk(player.service, Actor("M", "sandbox", "desk")).board(BoardQuery(), "en", 0, 10)
    assert isinstance(page, BoardPage)
    (row,) = page.rows
    stored = player.service.store.get("cases", player.case)
    items = [task for task in view.tasks if task.kind == "item"]
    by_hand = [sum(one.status == status for one in items) for status in ("done", "waived")]
    assert by_hand == [row.items_done, row.items_waived] == [1, 1]
    assert row.items == len(items) == 4
    for name in ("items_done", "items_waived", "items"):
        assert getattr(view, name) == stored[name] == getattr(row, name)
    assert progress_short(row) == progress_short(view) == "1+1/4"
    open_rows = [one for one in unfinished(reader, "M") if one.task and "accounts" in one.task]
    assert len(open_rows) == player.state.undone["accounts"] == 1
    marks = case_marks(player.scope)
    assert marks["item:accounts"] == "here"
    assert marks["item:cash"] == "done"


def test_staff_see_their_clearance_tasks():
    """A complaint about other systems: whoever must sign for a key sees nothing of the case."""
    player = Duties().opened()
    assert may_see(player.scope, "G1")
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    player.sign("F", "cash")
    player.hand_over("L", "keys")
    view = case_view(Reader(player.scope, "en"), "G1")
    mine = [task for task in view.tasks if "sign" in task.acts]
    assert [task.title for task in mine] == ["Keys"]
    rows = player.service.store.rows("tasks", {"people": "G1"})
    assert [row["ref"] for row in rows] == ["keys"]


def test_managers_do_not_edit_other_departments_items():
    """A complaint about other systems: any manager ticks off any item."""
    player = Duties().opened()
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    for person in ("M", "V", "C", "H1", "L"):
        assert player.refused(person, player.signature("cash")).code in ("R101", "R120")
    assert player.item("cash").status == "handed_over"


def test_leavers_do_not_tick_off_the_return_of_what_they_hold():
    """A complaint about other systems: the leaver confirms the return of IT's assets."""
    player = Duties().opened()
    player.hand_over("L", "cash", receipts=0, found="500 CNY")
    player.sign("F", "cash")
    player.hand_over("L", "keys")
    assert player.refused("L", player.signature("keys")).code in ("R101", "R120")
    view = case_view(Reader(player.scope, "en"), "L")
    keys = next(task for task in view.tasks if task.title == "Keys")
    assert "sign" not in keys.acts


def test_what_is_handed_over_and_not_signed_says_whose_signature_it_waits_for():
    player = Duties().opened(customers=CUSTOMERS[:1])
    player.name("M", "successor", "S")
    (before,) = responsible(records(player, what="K1"), date(2026, 3, 10))
    player.hand_over("L", "accounts", "K1", contracts=3)
    (handed,) = responsible(records(player, what="K1"), date(2026, 3, 10))
    assert (before.how, before.unsigned) == ("giver", ())
    assert (handed.how, handed.unsigned) == ("giver", ("Sun Sue",))
