"""Whoever has a zone of their own sees times in it."""

from msgspec.structs import replace

from engine.commands import Actor
from engine.desk.desk import Desk, RulebookChoice
from tests.engine.sample.company import PERSONS, Player


def test_a_desk_tells_times_in_the_zone_of_whoever_sits_there() -> None:
    people = tuple(
        replace(one, timezone="Europe/Berlin") if one.id == "H1" else one for one in PERSONS
    )
    player = Player(persons=people)
    choice = RulebookChoice("sample_exit", "leaving", "Leaving")
    answers = {"subject!": "L", "grade": "5", "kind": "resignation", "last_day": "2026-03-31"}
    for person, due in (("H1", "2026-03-04 11:00+01:00"), ("L", "2026-03-04 18:00+08:00")):
        desk = Desk(player.service, Actor(person, "sandbox", "desk"))
        foreseen = desk.open(choice, {**answers, "salary": "9 CNY"}, "en", dry_run=True)
        assert foreseen.refusal is None
        assert any(due in text for text in foreseen.sentences)
        assert desk.now().astimezone(desk.instants.zone).hour == (2 if person == "H1" else 9)
