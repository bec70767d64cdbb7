"""What administrators do, also while another administrator does the same."""

import pytest

from engine.administration import Administration, current_release
from engine.artefact import Release
from engine.people.directory import Person
from engine.people.reading import PeopleFile
from engine.store.failure import BusyError
from engine.store.port import Conflict
from tests.engine.sample.company import (
    ADMIN,
    DEPARTMENTS,
    EXIT,
    PERSONS,
    Player,
    artefact_of,
    local,
)
from tests.engine.sample.looking import look_at


@pytest.fixture
def player() -> Player:
    return Player()


@pytest.fixture
def be_first(player):
    """Makes a rival act just before the next transaction is written."""

    def arrange(act):
        store = player.service.store
        append = store.append

        def slow(transaction):
            store.append = append
            act(Administration(player.service, ADMIN))
            return append(transaction)

        store.append = slow

    return arrange


def test_r143_a_clock_does_not_go_back_behind_a_rival(player, be_first):
    be_first(lambda rival: rival.set_clock(local("2026-06-01T09:00")))
    assert player.office.set_clock(local("2026-04-01T09:00")).code == "R143"
    assert player.service.world.clock.now() == local("2026-06-01T09:00")


def test_r140_two_at_once_cannot_give_one_version_two_contents(player, be_first):
    text = EXIT.replace("version 1.0.0", "version 1.1.0")
    first = artefact_of(text)
    other = artefact_of(text.replace("Papers must be complete", "Papers should be complete"))
    be_first(lambda rival: rival.publish(first, "first"))
    assert player.office.publish(other, "other").code == "R140"
    assert current_release(player.service, "sample_exit").artefact == first.hash


def test_an_import_replaces_also_what_a_rival_has_just_imported(player, be_first):
    newcomer = Person("N", "Ning New", "Works", "Clerk")
    grown = PeopleFile((*PERSONS, newcomer), DEPARTMENTS)
    be_first(lambda rival: rival.import_people(grown, "grown.csv", None))
    assert player.office.import_people(PeopleFile(PERSONS, DEPARTMENTS), "p.csv", None) is None
    assert player.service.world.directory().person("N") is None
    assert player.service.world.directory().person("L") is not None


def test_a_newcomer_finds_the_cases_of_their_role(player):
    player.open()
    newcomer = Person("N", "Ning New", "People", "HR", 6, "V", ("HR",))
    listed = {"viewers": "N"}
    assert player.service.store.rows("cases", listed) == []
    office = player.office
    assert office.import_people(PeopleFile((*PERSONS, newcomer), DEPARTMENTS), "p", None) is None
    assert [row["id"] for row in player.service.store.rows("cases", listed)] == [player.case]
    assert office.import_people(PeopleFile(PERSONS, DEPARTMENTS), "p", None) is None
    assert player.service.store.rows("cases", listed) == []
    look_at(player.service, player.case)


def test_other_streams_do_not_stand_in_the_way(player, be_first):
    be_first(lambda rival: rival.set_clock(local("2026-06-01T09:00")))
    revised = artefact_of(EXIT.replace("version 1.0.0", "version 1.1.0"))
    assert isinstance(player.office.publish(revised, "revised"), Release)


def test_who_is_always_slower_gives_up(player):
    player.service.store.append = lambda _transaction: Conflict("clock", 1, 2)
    with pytest.raises(BusyError):
        player.office.set_clock(local("2026-06-01T09:00"))
