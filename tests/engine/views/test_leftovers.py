"""What closed cases have left: bound to a person, and to their department when they go."""

from datetime import date

import pytest
from msgspec.structs import replace

from engine.people.reading import PeopleFile
from engine.views.leftovers import leftovers
from engine.views.reader import Reader
from tests.engine.sample.company import DEPARTMENTS, PERSONS
from tests.engine.sample.duties import CUSTOMERS, Duties, refused_letter
from tests.engine.test_waiting import closed


def left(*players):
    found = leftovers(Reader(player.scope, "en") for player in players)
    return {one.title: one for one in found}


def gone(player, *people):
    persons = tuple(
        replace(one, left=date(2026, 4, 10)) if one.id in people else one for one in PERSONS
    )
    player.office.import_people(PeopleFile(persons, DEPARTMENTS), "people.csv", None)
    player.at("2026-04-11T09:00")


@pytest.mark.parametrize(
    ("leavers", "answers"), [((), ("Sun Sue",)), (("S",), ("Ma Ming",)), (("S", "M"), ())]
)
def test_what_was_taken_over_stays_with_a_person_then_with_their_department(leavers, answers):
    player = refused_letter()
    assert player.state.status == "closed"
    gone(player, *leavers)
    customer = left(player)["Customer accounts [K1 Kite]"]
    assert (customer.subject, customer.what) == ("Li Lei", "taken_over")
    assert (customer.names, customer.departments) == (("Sun Sue",), ("Works",))
    assert customer.answer_names == answers


def test_a_running_case_leaves_nothing_yet():
    assert left(Duties().opened().all_but_letter()) == {}


def test_what_was_handed_on_later_is_with_its_last_receiver():
    first = refused_letter()
    second = Duties()
    second.at("2026-04-01T09:00")
    second.open("S", subject="S", customers=[{**CUSTOMERS[0], "owner": "S"}], last_day="2026-04-30")
    second.name("M", "successor", "T")
    second.hand_over("S", "accounts", "K1", contracts=3)
    second.sign("T", "accounts", "K1")
    found = left(first, second)
    assert found["Customer accounts [K1 Kite]"].names == ("Tang Tim",)
    assert found["Customer accounts [K2 Kolt]"].names == ("Sun Sue",)
    assert found["Petty cash"].names == ("Fang Fei",)


def test_what_is_still_to_be_done_after_the_close_is_listed_with_its_day():
    player = closed()
    player.at("2026-03-12T09:00")
    talk = left(player)["Talk"]
    assert (talk.what, talk.names) == ("to_do", ("Han One", "Han Two"))
    assert talk.due == player.task("talk").due
