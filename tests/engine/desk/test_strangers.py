"""A form takes nobody, and no department, that the directory does not know: wherever a value comes in."""

import pytest

from engine.commands import Actor, CommandName, Return
from engine.desk.desk import Desk, RulebookChoice
from engine.desk.outcome import Outcome
from tests.engine.sample.company import Player

KNOWING = """rulebook knowing "Knowing"
  version 1.0.0

fact taker "Taker" person
fact unit "Unit" department

role leaver "Leaver" is subject
role manager "Manager" is manager of leaver

approval going "Going"
  step manager within 2 days
  on reject return to leaver

item notes "Notes"
  from leaver to manager
  provide keeper "Keeper" person

process passing "Passing on"
  started by leaver
  managed by manager
  first approval going
  then items
"""
GIVEN = {"taker": "T", "unit": "Works"}


@pytest.fixture
def player() -> Player:
    return Player(KNOWING)


def sat(player: Player, person: str) -> Desk:
    return Desk(player.service, Actor(person, "sandbox", "desk"))


def act(player: Player, person: str, ref: str, name: CommandName, **answers: str) -> Outcome:
    about = player.task(ref).id if ref else ""
    return sat(player, person).act(player.case, about, name, answers, "en")


def code(outcome: Outcome) -> str | None:
    return outcome.refusal and outcome.refusal.code


def test_at_opening(player: Player) -> None:
    choice = RulebookChoice("knowing", "passing", "Passing on")
    for wrong, said in (({"taker": "Nobody"}, "P305"), ({"unit": "Wroks"}, "P306")):
        answers = {"subject!": "L", **GIVEN, **wrong}
        assert code(sat(player, "L").open(choice, answers, "en")) == said
    assert player.service.scope("2026-0001") is None


def test_in_a_changed_fact_and_in_a_resubmission(player: Player) -> None:
    player.open(**GIVEN)
    for fact, value, said in (("taker", "Nobody", "P305"), ("unit", "Wroks", "P306")):
        answers = {"fact": fact, "value": value, "reason": "moved"}
        assert code(act(player, "M", "", "change_fact", **answers)) == said
    player.act("M", Return(player.task("going.manager").id, "who?"))
    assert code(act(player, "L", "going", "resubmit", **{**GIVEN, "unit": "Wroks"})) == "P306"
    assert code(act(player, "L", "going", "resubmit", **{**GIVEN, "taker": "Sun Sue"})) is None
    assert player.state.facts["taker"] == "S"


def test_in_the_content_of_an_item(player: Player) -> None:
    player.open(**GIVEN)
    player.approve("M", "going.manager")
    for name in ("provide", "hand_over"):
        assert code(act(player, "L", "notes", name, keeper="Nobody")) == "P305"
    assert player.task("notes").contents == {}
    assert code(act(player, "L", "notes", "provide", keeper="Sun Sue")) is None
