"""The cast of a scenario: a company that has just the people whom the rulebook speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace

from dsl.model import (
    AnyoneIn,
    EveryoneIn,
    ExpectNobodyNotified,
    GivenPerson,
    HeadOfDepartment,
    HeadOfDepartmentOf,
    HolderOfPost,
    ManagerOf,
    Role,
    Rulebook,
    ScenarioLine,
    Subject,
    ThePerson,
)
from engine.people.directory import Department, Directory, Person, Substitute, directory_of

GROUP_SIZE = 3
HOME = "·"
"""The department that the subject works in; no rulebook can name it."""


class Cast:
    """One distinct person per role, three per group, unless the scenario gives people names.

    Args:
        rulebook: its roles are cast.
        lines: of the scenario; `given R is "Name"` names people, and one name is one person.
    """

    def __init__(self, rulebook: Rulebook, lines: Sequence[ScenarioLine]) -> None:
        self._names = {line.role: line.name for line in lines if isinstance(line, GivenPerson)}
        self._titles = {role.id: role.title for role in rulebook.roles}
        self._persons: dict[str, Person] = {}
        self._heads: dict[str, str] = {}
        self._player: dict[str, str] = {}
        self.substitutes: list[Substitute] = []
        for role in rulebook.roles:
            self._cast(role)
        for role in rulebook.roles:
            self._relate(role)
        for line in lines:
            if isinstance(line, ExpectNobodyNotified):
                self._fill_group(line.group)

    @property
    def subject(self) -> str:
        """The id of the person whom the case is about."""
        return next(iter(self._persons))

    def directory(self, language: str | None = None) -> Directory:
        """The company as it stands.

        Args:
            language: whoever has no name but the title of their role is called by that title in it.
        """
        departments = [Department(name, head) for name, head in self._heads.items()]
        persons = [self._called(one, language) for one in self._persons.values()]
        return directory_of(persons, departments, self.substitutes)

    def _called(self, person: Person, language: str | None) -> Person:
        titles = next(
            (self._titles[role] for role, player in self._player.items() if player == person.id), {}
        )
        title = titles.get(language or "")
        untitled = title is None or person.name != next(iter(titles.values()))
        return person if untitled else replace(person, name=title)

    def come_back(self, person: str, today: date) -> None:
        """Nobody stands in for a person any more."""
        ended = [
            replace(one, last=today - timedelta(days=1)) if one.person == person else one
            for one in self.substitutes
        ]
        self.substitutes = [one for one in ended if one.first <= one.last]

    def leave(self, person: str, last: date) -> None:
        """A person works here no longer after a day."""
        self._change(person, left=last)

    def person_called(self, name: str) -> str:
        """The id of the person of that name, who joins the company if need be."""
        for person in self._persons.values():
            if person.name == name:
                return person.id
        return self._add(name, name)

    def _cast(self, role: Role) -> None:
        title = next(iter(role.title.values()))
        name = self._names.get(role.id)
        if any(isinstance(resolver, Subject) for resolver in role.resolvers):
            self._player[role.id] = self._add(role.id, name or title, first=True)
        elif name is not None:
            self._player[role.id] = self.person_called(name)
        else:
            self._player[role.id] = self._add(role.id, title)

    def _relate(self, role: Role) -> None:
        """Put the role's player where each of its resolvers will look."""
        player = self._player[role.id]
        for resolver in role.resolvers:
            match resolver:
                case ManagerOf(below) if self._player[below] != player:
                    self._change(self._player[below], manager=player)
                case HeadOfDepartmentOf():
                    self._heads.setdefault(HOME, player)
                case HeadOfDepartment(department):
                    self._heads.setdefault(department, player)
                case HolderOfPost(post, department):
                    self._change(player, post=post, department=department or HOME)
                case AnyoneIn(group) | EveryoneIn(group):
                    self._join(player, group)
                    self._fill_group(group)
                case ThePerson(person):
                    self._rename(player, person)
                case _:
                    pass

    def _add(self, key: str, name: str, *, first: bool = False) -> str:
        person = Person(id=key, name=name, department=HOME)
        if first:
            self._persons = {key: person, **self._persons}
        else:
            self._persons.setdefault(key, person)
        return key

    def _change(self, person: str, **changes: object) -> None:
        self._persons[person] = replace(self._persons[person], **changes)

    def _join(self, person: str, group: str) -> None:
        groups = (*self._persons[person].groups, group)
        self._change(person, groups=tuple(dict.fromkeys(groups)))

    def _fill_group(self, group: str) -> None:
        members = [one for one in self._persons.values() if group in one.groups]
        for number in range(len(members) + 1, GROUP_SIZE + 1):
            self._join(self._add(f"{group} {number}", f"{group} {number}"), group)

    def _rename(self, player: str, person: str) -> None:
        """The player has that id, wherever they are spoken of."""
        self._persons[person] = replace(self._persons.pop(player), id=person)
        for one in self._persons.values():
            if one.manager == player:
                self._change(one.id, manager=person)
        for known in (self._player, self._heads):
            known.update({key: person for key, one in known.items() if one == player})
