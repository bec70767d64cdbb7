import json
from datetime import date

from engine.people.directory import (
    Department,
    Person,
    directory_from_rows,
    directory_of,
    from_row,
    row_key,
    to_row,
)

PEOPLE = (
    Person("30", "Zhao Min", "Works", "Engineer", manager="10", groups=("Archive", "Rescue")),
    Person("10", "高岳", "Board", "Director", groups=("Top",), account="gao.yue"),
    Person("20", "Zhao  min", "Works", "Engineer", manager="10", groups=("Rescue",)),
    Person("40", "林晓", "Office", "Engineer", manager="10", left=date(2026, 3, 31)),
)
DEPARTMENTS = (
    Department("Works", head="30", parent="Board"),
    Department("Board", head="10"),
    Department("Office"),
)
COMPANY = directory_of(PEOPLE, DEPARTMENTS)


def test_people_are_found_by_what_they_are():
    assert COMPANY.person("30") == PEOPLE[0]
    assert COMPANY.manager_of("30") == "10"
    assert COMPANY.department_of("30") == "Works"
    assert COMPANY.department("Works") == DEPARTMENTS[0]
    assert COMPANY.head_of("Works") == "30"
    assert COMPANY.holders("Engineer") == ("20", "30", "40")
    assert COMPANY.holders("Engineer", "Works") == ("20", "30")
    assert COMPANY.members("Rescue") == ("20", "30")
    assert COMPANY.by_account("gao.yue") == "10"
    assert COMPANY.by_name("ZHAO MIN") == ("20", "30")
    assert COMPANY.groups() == ("Archive", "Rescue", "Top")


def test_what_is_not_there_is_nothing():
    assert COMPANY.person("99") is None
    assert COMPANY.manager_of("99") is None
    assert COMPANY.manager_of("10") is None
    assert COMPANY.head_of("Office") is None
    assert COMPANY.head_of("Nowhere") is None
    assert COMPANY.department_of("99") is None
    assert COMPANY.holders("Engineer", "Board") == ()
    assert COMPANY.members("Nobody") == ()
    assert COMPANY.by_account("root") is None
    assert COMPANY.by_name("Nobody") == ()
    assert directory_of().person("10") is None


def test_the_order_of_the_file_makes_no_difference():
    backwards = directory_of(reversed(PEOPLE), reversed(DEPARTMENTS))
    assert list(backwards.persons) == list(COMPANY.persons) == ["10", "20", "30", "40"]
    assert backwards.holders("Engineer") == COMPANY.holders("Engineer")


def test_the_last_day_of_work_is_a_day_of_work():
    assert PEOPLE[3].works_on(date(2026, 3, 31))
    assert not PEOPLE[3].works_on(date(2026, 4, 1))
    assert PEOPLE[0].works_on(date(2099, 1, 1))


def test_rows_are_json_and_come_back():
    entries = [*PEOPLE, *DEPARTMENTS]
    rows = {row_key(entry): json.loads(json.dumps(to_row(entry))) for entry in entries}
    assert set(rows) >= {"person:10", "department:Works"}
    assert [from_row(row) for row in rows.values()] == entries
    again = directory_from_rows(rows.values())
    assert again.persons == COMPANY.persons
    assert again.departments == COMPANY.departments
