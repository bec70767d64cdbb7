"""A form is judged while it is filled in: every field by itself, an empty one not yet."""

import pytest

from engine.commands import Actor
from engine.desk.desk import Desk
from tests.engine.sample.company import Player


@pytest.fixture
def player() -> Player:
    return Player().resigned()


def desk(player: Player, person: str) -> Desk:
    return Desk(player.service, Actor(person, "sandbox", "desk"))


def test_every_wrong_field_is_told_and_no_other(player: Player) -> None:
    at = desk(player, "H1")
    (choice,) = at.rulebooks("en")
    typed = {"subject!": "nobody", "grade": "99", "last_day": "2026-02-30", "salary": "9000 CNY"}
    wrong = at.wrong_opening(choice, typed, "en")
    assert set(wrong) == {"subject!", "grade", "last_day"}
    assert all(told in wrong["grade"] for told in ("Grade", "99"))
    assert at.wrong_opening(choice, {}, "en") == {}
    assert at.wrong_opening(choice, typed, "zh")["grade"] != wrong["grade"]


def test_a_person_is_known_by_id_or_by_a_name_that_is_theirs_alone(player: Player) -> None:
    at = desk(player, "H1")
    (choice,) = at.rulebooks("en")
    assert at.wrong_opening(choice, {"subject!": "Li Lei"}, "en") == {}
    assert at.wrong_opening(choice, {"subject!": "L"}, "en") == {}
    (told,) = at.wrong_opening(choice, {"subject!": "Li Lie"}, "en").values()
    assert "L Li Lei" in told


@pytest.mark.parametrize(
    ("answers", "wrong"),
    [
        ({"fact": "grade", "value": "x", "reason": "because"}, {"value"}),
        ({"fact": "grade", "value": "", "reason": "because"}, set()),
        ({"fact": "", "value": "3", "reason": "because"}, set()),
        ({"fact": "grade", "value": "4", "reason": ""}, set()),
    ],
)
def test_what_lacks_elsewhere_is_no_fields_fault(
    player: Player, answers: dict[str, str], wrong: set[str]
) -> None:
    assert set(desk(player, "H1").wrong(player.case, "", "change_fact", answers, "en")) == wrong
