"""What a grant to act for another person gives, and that nothing of it is left when it ends."""

from datetime import date

from msgspec.structs import replace

from engine.absences import Absences
from engine.commands import Actor, Comment, Open
from engine.desk.board import BoardQuery
from engine.desk.desk import Desk
from engine.grants import Grants
from engine.identity import Caller
from engine.people.directory import Grant, Substitute
from engine.people.reading import PeopleFile
from engine.service import Done
from tests.engine.sample.company import DEPARTMENTS, PERSONS, Player

FOR_H1 = Actor("T", "account:tim", "desk", "H1")
"""Tim at the keyboard, acting for Han One."""


def grants_of(player: Player, actor: Actor, account: str = "nobody") -> Grants:
    return Grants(player.service, Caller(account, "desk"), actor)


def granted(last: date | None = None) -> Player:
    player = Player()
    player.open()
    mine = grants_of(player, Actor("H1", "account:han", "desk"))
    assert mine.grant(Grant("H1", "T", last), "ill") is None
    return player


def gives(player: Player) -> str:
    """What the grant gives: `all` that it should, or the code of the refusal and nothing to be seen."""
    comment = Comment("looked at", None)
    answer = player.service.execute(player.case, comment, FOR_H1)
    desk = Desk(player.service, FOR_H1)
    seen = desk.case(player.case, "en"), desk.board(BoardQuery(), "en", 0, 9).rows
    opening = Open(player.program.process.id, "L", {}, {})
    opened = player.service.open(player.program, opening, FOR_H1)
    if isinstance(answer, Done):
        assert all(seen)
        return "all"
    assert not any(seen)
    assert player.service.preview(player.case, comment, FOR_H1) == answer
    assert player.service.preview_open(player.program, opening, FOR_H1) == answer == opened
    return answer.code


def test_a_grant_gives_nothing_after_its_last_day_to_whoever_is_in_already():
    player = granted(date(2026, 3, 3))
    assert gives(player) == "all"
    player.at("2026-03-03T23:59")
    assert gives(player) == "all"
    player.at("2026-03-04T00:01")
    assert gives(player) == "R132"


def test_a_grant_that_is_taken_back_gives_nothing_to_whoever_is_in_already():
    player = granted()
    assert gives(player) == "all"
    assert grants_of(player, Actor("V", "account:vera", "desk")).revoke("H1", "T", "back") is None
    assert gives(player) == "R132"


def test_a_grant_gives_nothing_once_one_of_the_two_has_left_and_can_still_be_ended():
    for gone in ("H1", "T"):
        player = granted()
        left = {gone: date(2026, 3, 1)}
        people = tuple(replace(one, left=left.get(one.id)) for one in PERSONS)
        assert player.office.import_people(PeopleFile(people, DEPARTMENTS), "x.csv", None) is None
        assert gives(player) == "R135"
        office = grants_of(player, Actor("account:root", "account:root", "desk"), "root")
        assert office.revoke("H1", "T", "tidied") is None
        assert player.service.world.directory().grants == ()


def test_nobody_arranges_in_the_name_of_whom_they_act_for():
    player = granted(date(2026, 3, 3))
    mine = grants_of(player, FOR_H1)
    assert mine.grant(Grant("H1", "T"), "for longer").code == "R136"
    assert mine.grant(Grant("H1", "X"), "for a friend").code == "R136"
    absences = Absences(player.service, Caller("nobody", "desk"), FOR_H1)
    days = date(2026, 3, 2), date(2026, 12, 31)
    assert absences.begin(Substitute("H1", "T", *days)).code == "R136"
    assert player.service.world.directory().grants == (Grant("H1", "T", date(2026, 3, 3)),)


def test_no_two_pairs_of_people_share_a_grant():
    strange = tuple(replace(PERSONS[0], id=name) for name in ("a", "a<b", "b<c", "c"))
    player = Player(persons=(*PERSONS, *strange))
    office = grants_of(player, Actor("account:root", "account:root", "desk"), "root")
    wanted = Grant("a", "b<c"), Grant("a<b", "c")
    assert [office.grant(one, "x") for one in wanted] == [None, None]
    assert player.service.world.directory().grants == wanted
