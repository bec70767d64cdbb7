"""Facts that change while a case runs: items, records and rights follow."""

import pytest

from engine.commands import Provide, Resubmit, Return
from engine.events import FactChanged, ItemApplies, ItemsListed, RecordChanged
from tests.engine.sample.company import EXIT, PROJECTS, Player


@pytest.fixture
def player() -> Player:
    """A case with two projects in hand, whose successor is named."""
    running = Player().resigned(projects=PROJECTS)
    running.name("M", "successor", "S")
    return running


def keys(player: Player) -> dict[str, str]:
    found = [player.state.item(task) for task in player.state.items["project_handover"]]
    return {task.key: task.status for task in found}


def test_a_new_record_becomes_an_item_of_its_own(player):
    assert keys(player) == {"P-1": "open", "P-2": "open"}
    more = {"code": "P-4", "name": "Tunnel", "progress": "1%"}
    player.change("projects", [*PROJECTS, more])
    assert keys(player) == {"P-1": "open", "P-2": "open", "P-4": "open"}
    assert player.item("project_handover", "P-4").roles["successor"].people == ("S",)
    assert len([one for one in player.of(ItemsListed) if one.item == "project_handover"]) == 2


def test_a_record_that_is_gone_takes_its_item_along_and_brings_it_back(player):
    player.act("L", _plan(player))
    player.change("projects", PROJECTS[1:])
    assert keys(player) == {"P-1": "not_applicable", "P-2": "open"}
    player.change("projects", PROJECTS)
    assert keys(player) == {"P-1": "open", "P-2": "open"}
    assert player.item("project_handover", "P-1").contents == {"plan": "call them"}


def _plan(player: Player) -> Provide:
    return Provide(player.task("project_handover", "P-1").id, {"plan": "call them"})


def test_what_is_handed_over_never_vanishes(player):
    player.hand_over("L", "project_handover", "P-1", plan="x")
    player.change("projects", [])
    assert keys(player) == {"P-1": "handed_over", "P-2": "not_applicable"}
    player.sign("S", "project_handover", "P-1")
    player.sign("M", "project_handover", "P-1")
    assert player.item("mentoring").status == "open"


def test_conditions_follow_the_values_of_a_record(player):
    behind = [{**PROJECTS[0], "progress": "20%"}, *PROJECTS[1:]]
    player.change("projects", behind)
    assert player.item("project_handover", "P-1").record["progress"] == "20%"
    assert [one.task for one in player.of(RecordChanged)] == [
        player.task("project_handover", "P-1").id
    ]
    finished = [{**PROJECTS[0], "progress": "100%"}, *PROJECTS[1:]]
    player.change("projects", finished)
    assert keys(player) == {"P-1": "not_applicable", "P-2": "open"}


def test_an_item_comes_and_goes_with_its_condition(player):
    player.change("car", value=True)
    assert player.item("car_keys").status == "waiting"
    player.change("car", value=False)
    assert player.item("car_keys").status == "not_applicable"
    told = [(one.task, one.applies) for one in player.of(ItemApplies)]
    assert told == [(player.task("car_keys").id, True), (player.task("car_keys").id, False)]


def test_a_value_that_is_the_same_changes_nothing(player):
    before = player.state.version
    player.change("grade", 5)
    assert player.state.version == before
    assert player.of(FactChanged) == []


def test_a_change_is_told_with_both_values_and_the_reason(player):
    player.change("grade", 6)
    event = player.of(FactChanged)[0]
    assert (event.old, event.new, event.person, event.reason) == (5, 6, "H1", "because")


def test_revising_opens_what_nobody_else_is_set_over():
    player = Player()
    player.open(projects=PROJECTS)
    player.act("M", Return(player.task("resignation.manager").id, "again"))
    task = player.task("resignation").id
    for fact, value in (("last_day", "2026-05-01"), ("projects", [])):
        assert player.refused("L", Resubmit(task, "", {fact: value}, {})).code == "R101"
    player.act("L", Resubmit(task, "", {"grade": 12, "remark": "typed wrong"}, {}))
    assert player.state.facts["grade"] == 12


def test_a_way_is_chosen_once_on_arrival():
    player = Player(
        EXIT.replace(
            "first approval resignation\n",
            "first approval resignation\n  then if car\n    first action pay\n  end\n",
            1,
        ).replace("    then action pay\n", "")
    )
    player.resigned(car=False)
    player.change("car", value=True)
    assert "2026-0001/pay#1" not in player.state.tasks
