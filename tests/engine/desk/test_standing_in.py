"""Who stands in for whom, as a desk tells it."""

from datetime import date

from engine.desk.standing_in import stand_ins
from engine.people.directory import Directory, Grant, Person, Substitute

DIRECTORY = Directory(
    (Person("1", "Ann"), Person("2", "Bob"), Person("3", "Cleo", may_act_for=("1",))),
    (),
    grants=(Grant("1", "2", date(2026, 3, 4)), Grant("1", "gone")),
    substitutes=(
        Substitute("2", "3", date(2026, 3, 1), date(2026, 3, 4)),
        Substitute("2", "1", date(2026, 4, 1), date(2026, 4, 2)),
    ),
)


def told(day: int) -> list[tuple[str, str, str, str]]:
    found = stand_ins(DIRECTORY, date(2026, 3, day))
    return [(one.state, one.kind, one.person, one.by) for one in found]


def test_what_holds_today_stands_first_and_both_its_days_count() -> None:
    assert told(4) == [
        ("now", "grant", "Ann", "Bob"),
        ("now", "grant", "Ann", "gone"),
        ("now", "grant", "Ann", "Cleo"),
        ("now", "substitute", "Bob", "Cleo"),
        ("to_come", "substitute", "Bob", "Ann"),
    ]


def test_what_is_over_stands_last() -> None:
    assert told(5)[-2:] == [
        ("over", "grant", "Ann", "Bob"),
        ("over", "substitute", "Bob", "Cleo"),
    ]
    assert told(5)[0] == ("now", "grant", "Ann", "gone")
