"""W510: roles that the people at hand cannot fill."""

from datetime import date

import pytest

from dsl.pipeline import check_source
from dsl.source import of_text
from engine.people.directory import Department, Person, directory_of
from engine.staffing import unfilled

TODAY = date(2026, 3, 2)
BOSS = Person("1", "Ann Boss", department="Sales", groups=("HR",))
SELLER = Person("2", "Li Wei", department="Sales", manager="1")
GONE = Person("3", "Bo Chen", department="Sales", groups=("Archive",), left=date(2026, 2, 27))
PEOPLE = (BOSS, SELLER, GONE)


DEPARTMENTS = (Department("Sales", "1"),)


def told(role, people=PEOPLE, departments=DEPARTMENTS):
    """The variant and the names of what is said of a role, if anything is."""
    text = (
        'rulebook t "T"\n  version 1.0.0\n'
        'role leaver "Leaver" is subject\nrole hr "HR" is anyone in group "HR"\n'
        f'role tried "Tried" {role}\n'
        'item keys "Keys"\n  from leaver to tried\n'
        'process exit "Exit"\n  started by leaver\n  managed by hr\n  first items\n'
    )
    outcome = check_source(of_text("t", text))
    assert outcome.checked, outcome.diagnostics
    directory = directory_of(people, departments)
    found = unfilled(outcome.checked, directory, TODAY)
    return [
        (each.variant, each.values["names"].parts)
        for each in found
        if each.values["role"] == "tried"
    ]


@pytest.mark.parametrize(
    "role",
    [
        'is anyone in group "HR"',
        'is head of department "Sales"',
        'is manager of leaver, otherwise person "1"',
        'is anyone in group "Nobody", otherwise head of department "Sales"',
        "is named by hr",
    ],
)
def test_a_role_that_somebody_fills_or_that_is_filled_in_the_case_is_no_finding(role):
    assert told(role) == []


@pytest.mark.parametrize(
    "role",
    [
        'is anyone in group "Nobody"',
        'is everyone in group "Archive"',
        'is head of department "Law"',
        'is holder of post "Clerk"',
        'is person "9"',
        'is anyone in group "HR"\n  never hr',
    ],
)
def test_a_role_that_nobody_fills_is_told(role):
    assert told(role) == [(None, ("Ann Boss", "Li Wei"))]


@pytest.mark.parametrize("role", ["is manager of leaver", "is head of department of leaver"])
def test_who_has_nobody_above_is_named(role):
    assert told(role) == [("W510.some", ("Ann Boss",))]
