"""What a person is offered, and what the form of it says."""

import pytest

from dsl.catalogue import Language
from engine.commands import Actor
from engine.desk.desk import Desk
from engine.texts import MESSAGES
from tests.engine.sample.company import Player


@pytest.fixture(scope="module")
def player() -> Player:
    return Player().resigned(bonus_day="2026-04-01")


def desk(player: Player, person: str) -> Desk:
    return Desk(player.service, Actor(person, "sandbox", "desk"))


def test_only_what_an_item_asks_for_is_offered(player: Player) -> None:
    for person, ref, offered in (
        ("L", "papers", {"provide", "attach", "hand_over"}),
        ("H1", "bonus_letter", {"hand_over"}),
    ):
        view = desk(player, person).case(player.case, "en")
        assert view is not None
        (acts,) = (set(task.acts) for task in view.tasks if task.ref == ref)
        assert acts & {"provide", "attach", "hand_over"} == offered


def test_every_form_says_what_it_acts_upon(player: Player) -> None:
    papers = player.task("papers").id
    for about, act, what in (
        (papers, "hand_over", ["Papers"]),
        ("", "withdraw", []),
        ("gate:severance", "waive", ["Severance gate"]),
    ):
        form = desk(player, "L").form(player.case, about, act, "en")
        assert form is not None
        assert form.title.split(" · ")[1:] == [*what, "Li Lei", player.case]


def test_what_a_changed_fact_was_is_known_to_whoever_takes_that_back_and_may_see_it() -> None:
    player = Player().resigned()
    for person, fact, known in (
        ("H1", "last_day", {"fact": "last_day", "value": "2026-03-31"}),
        ("H1", "bonus_day", {"fact": "bonus_day", "value": ""}),
        ("M", "salary", {}),
        ("H1", "nothing", {}),
    ):
        at = desk(player, person)
        assert at.taken_back_with(player.case, "change_fact", {"fact": fact}, "en") == known
    assert desk(player, "H1").taken_back_with(player.case, "comment", {}, "en") == {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whoever_hands_over_sees_what_is_still_to_be_attached(
    player: Player, language: Language
) -> None:
    form = desk(player, "L").form(player.case, player.task("papers").id, "hand_over", language)
    assert form is not None
    missing = MESSAGES.say(language, "desk.missing")
    assert [line.endswith(missing) for line in form.shown] == [True, False]
