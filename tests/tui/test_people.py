"""Whom a field for a person offers while a name is typed."""

from tui.widgets.people import MOST, PersonField

PEOPLE = (
    ("1001", "Zhang Min accountant Finance"),
    ("1002", "Zhang Min engineer Works"),
    ("1003", "Li Lei Works"),
    *((f"2{number:03}", f"Anybody {number}") for number in range(2 * MOST)),
)


def offered(text: str) -> list[str]:
    return [one.value for one in PersonField("", PEOPLE).find(text)]


def test_people_of_one_name_are_told_apart_and_stand_in_the_field_by_id() -> None:
    assert offered("zhang") == ["1001", "1002"]
    assert offered("zhang works") == ["1002"]
    texts = [one.text for one in PersonField("", PEOPLE).find("Zhang Min")]
    assert [text.split()[0] for text in texts] == ["1001", "1002"]
    assert "Finance" in texts[0]


def test_nothing_is_offered_where_nothing_is_asked_or_all_is_said() -> None:
    assert offered("") == offered("1001") == offered("nobody") == []
    assert len(offered("any")) == MOST
