"""The company as data: who works where, under whom, in which post and in which groups.

A directory never changes; an import makes a new one. Look-ups cost the same at any size, give ids in
sorted order, and leave it to the caller whether somebody who has left still counts (`works_on`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any, Literal, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from engine.people.instants import Instants

_DAY = timedelta(days=1)
_Key = TypeVar("_Key", bound=Hashable)


class Person(Struct, frozen=True, omit_defaults=True, tag_field="is", tag="person"):
    """One person.

    Attributes:
        id: the staff number, as text.
        department: a department's name.
        level: the grade as a number, where the company has grades.
        manager: the id of the direct superior.
        language: the language that this person reads.
        account: the operating-system account that this person works under.
        may_act_for: ids of the people whom this person may stand in for.
        left: the last day of work; None while the person has no such day.
        timezone: an IANA zone, where it is not the workspace's.
    """

    id: str
    name: str
    department: str | None = None
    post: str | None = None
    level: int | None = None
    manager: str | None = None
    groups: tuple[str, ...] = ()
    mail: str | None = None
    phone: str | None = None
    language: Literal["zh", "en"] = "zh"
    hire_date: date | None = None
    account: str | None = None
    may_act_for: tuple[str, ...] = ()
    left: date | None = None
    timezone: str | None = None

    def works_on(self, day: date) -> bool:
        """True up to and including the last day of work."""
        return self.left is None or day <= self.left


class Department(Struct, frozen=True, omit_defaults=True, tag_field="is", tag="department"):
    """A department; `head` is a person's id, `parent` a department's name."""

    name: str
    head: str | None = None
    parent: str | None = None


class Substitute(Struct, frozen=True, omit_defaults=True, tag_field="is", tag="substitute"):
    """`by` does what falls to `person` from the first to the last day, both included."""

    person: str
    by: str
    first: date
    last: date

    @property
    def id(self) -> str:
        """What it is called: whose it is, and from when."""
        return f"{self.person}@{self.first.isoformat()}"

    def meets(self, other: Substitute) -> bool:
        """True if the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


class Grant(Struct, frozen=True, omit_defaults=True, tag_field="is", tag="grant"):
    """`by` may act for `person`, up to the day `last` where one is given."""

    person: str
    by: str
    last: date | None = None

    @property
    def id(self) -> str:
        """What it is called: whose name it is, and who may use it."""
        # No id has a space in it, so no two pairs of people are called the same.
        return f"{self.person} {self.by}"


Entry = Person | Department | Substitute | Grant


class Directory:
    """Everybody, indexed. Unknown ids and names give None or an empty tuple, never an error."""

    def __init__(
        self,
        persons: Iterable[Person],
        departments: Iterable[Department],
        substitutes: Iterable[Substitute] = (),
        grants: Iterable[Grant] = (),
    ) -> None:
        ordered = sorted(persons, key=lambda one: one.id)
        self.persons: Mapping[str, Person] = MappingProxyType({one.id: one for one in ordered})
        self.departments: Mapping[str, Department] = MappingProxyType(
            {one.name: one for one in sorted(departments, key=lambda one: one.name)}
        )
        self._posts = _index((one.post, one.id) for one in ordered if one.post)
        self._posts_in = _index(
            ((one.post, one.department), one.id) for one in ordered if one.post and one.department
        )
        self._groups = _index((group, one.id) for one in ordered for group in one.groups)
        self._names = _index((name_key(one.name), one.id) for one in ordered)
        self._zones = {one.timezone for one in ordered if one.timezone}
        self._accounts = {one.account: one.id for one in ordered if one.account}
        self.grants = tuple(sorted(grants, key=lambda one: one.id))
        self.substitutes = tuple(sorted(substitutes, key=lambda one: (one.person, one.first)))
        self._substitutes: dict[str, list[Substitute]] = {}
        for one in self.substitutes:
            self._substitutes.setdefault(one.person, []).append(one)
        self._turns = _turns(ordered, self.substitutes)

    @property
    def every_grant(self) -> tuple[Grant, ...]:
        """Those that were given, then those that an import says."""
        said = (Grant(who, one.id) for one in self.persons.values() for who in one.may_act_for)
        return (*self.grants, *said)

    def person(self, person: str) -> Person | None:
        """The person of that id."""
        return self.persons.get(person)

    def department(self, name: str) -> Department | None:
        """The department of that name."""
        return self.departments.get(name)

    def manager_of(self, person: str) -> str | None:
        """The id of the direct superior."""
        found = self.persons.get(person)
        return found.manager if found else None

    def head_of(self, department: str) -> str | None:
        """The id of the head of a department."""
        found = self.departments.get(department)
        return found.head if found else None

    def instants(self, person: str, home: ZoneInfo) -> Instants:
        """How a person is told instants: in their own zone, where they have one, else at `home`."""
        found = self.persons.get(person)
        zone = ZoneInfo(found.timezone) if found and found.timezone else home
        return Instants(zone, apart=not self._zones <= {home.key})

    def department_of(self, person: str) -> str | None:
        """The name of the department that a person works in."""
        found = self.persons.get(person)
        return found.department if found else None

    def holders(self, post: str, department: str | None = None) -> tuple[str, ...]:
        """The ids of those who hold a post, in the whole company or in exactly one department."""
        if department is None:
            return self._posts.get(post, ())
        return self._posts_in.get((post, department), ())

    def members(self, group: str) -> tuple[str, ...]:
        """The ids of the members of a group."""
        return self._groups.get(group, ())

    def by_account(self, account: str) -> str | None:
        """The id of the person who works under an operating-system account."""
        return self._accounts.get(account)

    def may_act_for(self, by: str, person: str, day: date) -> bool:
        """True if an import or a grant lets somebody act for a person on a day."""
        found = self.persons.get(by)
        if found is not None and person in found.may_act_for:
            return True
        mine = (one for one in self.grants if (one.person, one.by) == (person, by))
        return any(one.last is None or day <= one.last for one in mine)

    def by_name(self, name: str) -> tuple[str, ...]:
        """The ids of everybody of that name; width, case and spaces make no difference."""
        return self._names.get(name_key(name), ())

    @property
    def turning(self) -> bool:
        """True if there is anybody who goes away, leaves or comes back on some day."""
        return bool(self._turns)

    def substitute_on(self, person: str, day: date) -> str | None:
        """The id of whoever does a person's tasks on a day."""
        spans = self._substitutes.get(person, ())
        return next((one.by for one in spans if one.first <= day <= one.last), None)

    def next_turn(self, person: str, day: date) -> date | None:
        """The next day after `day` on which a person goes away, is back or works no more."""
        return next((one for one in self._turns.get(person, ()) if one > day), None)

    def groups(self) -> tuple[str, ...]:
        """The names of all groups, sorted."""
        return tuple(sorted(self._groups))


def directory_of(
    persons: Iterable[Person] = (),
    departments: Iterable[Department] = (),
    substitutes: Iterable[Substitute] = (),
) -> Directory:
    """A directory of valid entries; of two with one id the later one counts."""
    return Directory(persons, departments, substitutes)


def name_key(name: str) -> str:
    """What two spellings of one name have in common: width, case and spaces are gone."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def row_key(entry: Entry) -> str:
    """The key of an entry in the store's table `people`: its kind, a colon and its id or name."""
    if isinstance(entry, Person):
        return f"person:{entry.id}"
    if isinstance(entry, Substitute):
        return f"substitute:{entry.id}"
    if isinstance(entry, Grant):
        return f"grant:{entry.id}"
    return f"department:{entry.name}"


def to_row(entry: Entry) -> dict[str, Any]:
    """An entry as a JSON object; its kind stands in `is`."""
    row: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(entry))
    return row


def from_row(row: Mapping[str, Any]) -> Entry:
    """The entry of a row that `to_row` made."""
    return msgspec.convert(row, Entry)  # type: ignore[no-any-return]


def directory_from_rows(rows: Iterable[Mapping[str, Any]]) -> Directory:
    """The directory that the rows of the table `people` hold, in any order."""
    entries = [from_row(row) for row in rows]
    return Directory(
        (entry for entry in entries if isinstance(entry, Person)),
        (entry for entry in entries if isinstance(entry, Department)),
        (entry for entry in entries if isinstance(entry, Substitute)),
        (entry for entry in entries if isinstance(entry, Grant)),
    )


def _turns(
    persons: Iterable[Person], substitutes: Iterable[Substitute]
) -> dict[str, tuple[date, ...]]:
    """Per person the days on which something changes for their tasks, in order."""
    found: dict[str, set[date]] = {}
    for person in persons:
        if person.left is not None:
            found.setdefault(person.id, set()).add(person.left + _DAY)
    for one in substitutes:
        found.setdefault(one.person, set()).update((one.first, one.last + _DAY))
    return {person: tuple(sorted(days)) for person, days in found.items()}


def _index(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    lists: dict[_Key, list[str]] = {}
    for key, person in pairs:
        lists.setdefault(key, []).append(person)
    return {key: tuple(dict.fromkeys(ids)) for key, ids in lists.items()}
