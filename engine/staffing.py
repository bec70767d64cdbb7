"""W510: a role that the people at hand cannot fill.

Why: a task of such a role has nobody to act on it, and the case is stuck when it gets there.

Example: a role `anyone in group "Archive"`, and nobody is in that group.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Keyword, Terms, Value
from dsl.model import Checked, Role
from engine.people.directory import Directory, Person
from engine.program import by_id
from engine.roles import RoleBook
from engine.state import CaseState

_SHOWN = 3


class _Cast(NamedTuple):
    """The roles alone: who fills them hangs on nothing else of a rulebook."""

    roles: Mapping[str, Role]


def unfilled(checked: Checked, directory: Directory, today: date) -> list[Diagnostic]:
    """One warning for each role that nobody fills where the case is about some, or any, of the people.

    Args:
        checked: the rulebook.
        directory: the people.
        today: who has left by then is no more counted on.
    """
    cast = _Cast(by_id(checked.rulebook.roles))
    people = [one for one in directory.persons.values() if one.works_on(today)]
    lacking: dict[str, list[Person]] = {}
    for person in people:
        roles = RoleBook(cast, CaseState(subject=person.id), directory, today)
        for role in cast.roles:
            if roles.fill(role).lacking == "nobody":
                lacking.setdefault(role, []).append(person)
    return [_warning(checked, role, found, len(people)) for role, found in lacking.items()]


def _warning(checked: Checked, role: str, found: list[Person], total: int) -> Diagnostic:
    values: dict[str, Value] = {
        "role": role,
        "count": len(found),
        "total": total,
        "otherwise": Keyword("otherwise", checked.rulebook.language),
        "names": Terms(tuple(one.name for one in found[:_SHOWN])),
    }
    place = label(checked, f"role.{role}.id", "W510.label")
    return finding("W510", "warning", [place], values, None if len(found) == total else "some")
