"""An ended case is taken up again as a new one, and the two name each other."""

from engine.commands import Actor, Cancel, Reopen, Withdraw
from engine.events import CaseOpened, CaseReopened
from engine.views.cases import case_view
from engine.views.reader import Reader
from tests.engine.sample.company import Player
from tests.engine.sample.looking import look_at


def ended() -> Player:
    player = Player()
    player.open()
    player.act("L", Withdraw("I stay"))
    return player


def test_a_withdrawn_case_is_reopened_as_a_new_one_with_its_facts():
    player = ended()
    old = player.scope
    assert case_view(Reader(old, "en"), "H1").acts == ("reopen",)
    assert case_view(Reader(old, "en"), "L").acts == ()
    events = player.act("H1", Reopen("She leaves after all"))
    assert [one.reopens for one in events if isinstance(one, CaseOpened)] == ["2026-0001"]
    assert [one.case for one in player.of(CaseReopened)] == ["2026-0002"]
    assert (player.state.status, player.state.reopened_as) == ("withdrawn", "2026-0002")
    view = case_view(Reader(player.scope, "en"), "H1")
    assert (view.reopened_as, view.acts) == ("2026-0002", ())
    player.case = "2026-0002"
    look_at(player.service, player.case)
    new = player.scope
    assert (new.facts(), new.state.subject) == (old.facts(), "L")
    assert case_view(Reader(new, "en"), "H1").reopens == "2026-0001"
    player.approve("M", "resignation.manager")


def test_who_may_reopen_what_and_how_often():
    player = ended()
    assert player.refused("L", Reopen("mine")).code == "R101"
    assert player.refused("H1", Reopen(" ")).code == "R107"
    player.act("H1", Reopen("again"))
    assert player.refused("H1", Reopen("again")).code == "R174"
    player.case = "2026-0002"
    assert player.refused("H1", Reopen("again")).code == "R173"
    player.act("H1", Cancel("no"))
    player.act("H1", Reopen("yes"))
    assert player.state.reopened_as == "2026-0003"


def test_a_second_open_case_of_one_person_needs_its_reason():
    player = Player()
    player.open()
    again = player.try_open("H1")
    assert (again.code, again.values["case"]) == ("R176", "2026-0001")
    assert player.try_open("H1", beside=" ").code == "R176"
    assert player.service.scope("2026-0002") is None
    player.open("H1", beside="a second post")
    [opened] = player.of(CaseOpened)
    assert (opened.beside, opened.reason) == (("2026-0001",), "a second post")
    assert player.try_open("H1").values["case"] == "2026-0001、2026-0002"


def test_other_people_ended_cases_and_cases_taken_up_again_stand_in_nobody_s_way():
    player = ended()
    player.act("H1", Reopen("She leaves after all"))
    assert player.try_open().values["case"] == "2026-0002"
    player.case = "2026-0002"
    player.act("H1", Cancel("no"))
    player.open(beside="said, but not needed")
    [opened] = player.of(CaseOpened)
    assert (opened.beside, opened.reason) == ((), "")
    player.open("S", subject="S")


def test_a_repeated_request_reopens_once_and_a_preview_writes_nothing():
    player = ended()
    service, actor = player.service, Actor("H1", "sandbox", "desk")
    foreseen = service.preview(player.case, Reopen("again"), actor)
    assert (foreseen.case, service.scope("2026-0002")) == ("2026-0002", None)
    first = service.execute(player.case, Reopen("again"), actor, "r-1")
    again = service.execute(player.case, Reopen("again"), actor, "r-1")
    assert (first.case, again.case, again.repeated) == ("2026-0002", "2026-0002", True)
    assert service.scope("2026-0003") is None
