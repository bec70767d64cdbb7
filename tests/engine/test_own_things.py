"""Whom a case is about takes over nothing from themselves, and takes no access back from themselves."""

from engine.commands import Complete, Reassign
from engine.events import Filled, ItemsListed
from engine.texts import MESSAGES
from engine.views.reader import Reader
from engine.views.sentences import sentence
from engine.views.tasks import task_view
from tests.engine.sample.company import Player


def of_hr() -> Player:
    """Han One of HR leaves; HR receives papers and takes back the mailbox."""
    player = Player()
    player.open("H1", subject="H1")
    player.approve("V", "resignation.manager")
    player.approve("H2", "resignation.hr")
    return player


def test_a_leaver_of_the_receiving_group_is_passed_over_and_told_so():
    player = of_hr()
    papers = player.item("papers")
    assert papers.roles["hr"] == Filled(("H2",), 0, barred=(("H1", "applicant"),))
    player.attach("H1", "papers", "register")
    player.hand_over("H1", "papers", summary="All filed")
    assert player.refused("H1", player.signature("papers")).code in {"R101", "R120"}
    player.sign("H2", "papers")
    why = task_view(Reader(player.scope, "en"), player.task("papers"), "H2").why
    assert any("Han One (it is about them)" in line for line in why)


def test_nobody_takes_back_their_own_access():
    player = of_hr()
    player.at("2026-03-31T18:00")
    revoke = player.task("mailbox")
    assert revoke.roles["hr"].people == ("H2",)
    assert player.refused("H1", Complete(revoke.id, "mine")).code == "R101"
    player.act("H2", Complete(revoke.id, "in the archive"))


def test_an_item_whose_condition_is_false_is_not_told_to_be_on_the_checklist():
    player = of_hr()
    [listed] = [one for one in player.of(ItemsListed) if one.item == "car_keys"]
    told = sentence(Reader(player.scope, "en"), listed)
    assert told == MESSAGES.say("en", "event.ItemsListed.idle", item="Car keys")


def test_where_nobody_else_receives_a_manager_of_the_process_gives_it_to_somebody():
    player = Player()
    player.open("H2", subject="G1", car=True)
    player.approve("F", "resignation.manager")
    player.approve("H1", "resignation.hr")
    for_guard = player.item("car_keys")
    assert for_guard.roles["guard"].lacking == "nobody"
    player.act("H1", Reassign(for_guard.id, None, "X", "there is no other guard"))
    assert player.item("car_keys").roles["guard"].people == ("X",)
