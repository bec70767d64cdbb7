"""Who fills a role: resolvers in order, exclusions first, nobody who has left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Protocol, assert_never

from dsl.model import (
    AnyoneIn,
    EveryoneIn,
    External,
    HeadOfDepartment,
    HeadOfDepartmentOf,
    HolderOfPost,
    ManagerOf,
    NamedBy,
    Resolver,
    Role,
    Subject,
    ThePerson,
)
from engine.events import Bar, Filled, People
from engine.people.directory import Directory
from engine.state import CaseState

NO_BARS: Mapping[str, Bar] = MappingProxyType({})


class Cast(Protocol):
    """What declares roles, as a program does."""

    @property
    def roles(self) -> Mapping[str, Role]:
        """The roles by id."""


class RoleBook:
    """Resolves the roles of one case at one instant.

    Args:
        program: what declares the roles.
        state: the case; it knows the subject and who has been named.
        directory: who works where.
        today: the day in the rulebook's zone.
    """

    def __init__(self, program: Cast, state: CaseState, directory: Directory, today: date) -> None:
        self._program = program
        self._state = state
        self._directory = directory
        self._today = today
        self._key = (directory, today)

    def fill(self, role: str, bars: Mapping[str, Bar] = NO_BARS) -> Filled:
        """The people of a role now; `bars` beat every resolver, as `never` does.

        Whoever is found and passed over is told in the answer, with the reason. Worked out once for a
        case until an event, the directory or the day gives another answer.
        """
        state = self._state
        known = state.resolved if state.resolved_key is self._key else state.resolved_by(self._key)
        key = (role, *sorted(bars.items())) if bars else (role,)
        found = known.get(key)
        if found is None:
            found = known[key] = self._fill(role, bars)
        return found

    def renew(self) -> None:
        """Let go of what was worked out for the case by another directory or on another day."""
        self._state.resolved_by(self._key)

    def _fill(self, role: str, bars: Mapping[str, Bar]) -> Filled:
        declared = self._program.roles[role]
        banned: dict[str, Bar] = dict.fromkeys(sorted(self.excluded(declared)), "excluded")
        banned |= bars
        barred: dict[str, Bar] = {}
        for index, resolver in enumerate(declared.resolvers):
            if isinstance(resolver, External):
                return Filled((), index, "external", tuple(barred.items()))
            if self._unnamed(role, resolver):
                return Filled((), index, "unnamed", tuple(barred.items()))
            found = self._find(role, resolver)
            people = tuple(one for one in found if one not in banned and self.present(one))
            barred |= {one: banned.get(one, "left") for one in found if one not in people}
            if people:
                return Filled(people, index, barred=tuple(barred.items()))
        return Filled((), lacking="nobody", barred=tuple(barred.items()))

    def naming(self, role: str, via: int) -> tuple[str, NamedBy]:
        """Of a role that lacks a name: the role that must be named first, and by whom."""
        resolver = self._program.roles[role].resolvers[via]
        if isinstance(resolver, NamedBy):
            return role, resolver
        assert isinstance(resolver, ManagerOf | HeadOfDepartmentOf)
        return self.naming(resolver.role, self.fill(resolver.role).via)

    def people(self, role: str) -> People:
        """The people of a role now."""
        return self.fill(role).people

    def excluded(self, role: Role) -> set[str]:
        """Everybody whom `never` keeps out of a role."""
        return {person for other in role.never for person in self.people(other)}

    def need(self, role: str, filled: Filled) -> int | None:
        """How many of a role must approve: one, or None (all) if the resolver means each of them."""
        resolver = self._program.roles[role].resolvers[filled.via]
        return None if isinstance(resolver, EveryoneIn) else 1

    def _unnamed(self, role: str, resolver: Resolver) -> bool:
        if isinstance(resolver, NamedBy):
            named = self._state.named.get(role)
            return named is None or not self.present(named)
        if isinstance(resolver, ManagerOf | HeadOfDepartmentOf):
            return self.fill(resolver.role).lacking == "unnamed"
        return False

    def present(self, person: str) -> bool:
        """True if somebody works here today."""
        found = self._directory.person(person)
        return found is not None and found.works_on(self._today)

    def _find(self, role: str, resolver: Resolver) -> People:  # noqa: C901 - a case each
        match resolver:
            case Subject():
                return (self._state.subject,)
            case ManagerOf(of) | HeadOfDepartmentOf(of):
                return self._above(resolver, self._last_known(of))
            case HeadOfDepartment(department):
                return _some(self._directory.head_of(department))
            case HolderOfPost():
                return self._holders(resolver)
            case AnyoneIn(group) | EveryoneIn(group):
                return self._directory.members(group)
            case ThePerson(person):
                return (person,)
            case NamedBy():
                return (self._state.named[role],)
            case External():
                return ()
        assert_never(resolver)

    def _last_known(self, role: str) -> People:
        """The people of a role, else those who have left it: they keep their superiors."""
        filled = self.fill(role)
        return filled.people or tuple(one for one, bar in filled.barred if bar == "left")

    def _above(self, resolver: ManagerOf | HeadOfDepartmentOf, below: People) -> People:
        directory = self._directory
        found: dict[str, None] = {}
        for person in below:
            if isinstance(resolver, ManagerOf):
                above = directory.manager_of(person)
            else:
                above = directory.head_of(directory.department_of(person) or "")
            if above is not None and above not in below:
                found[above] = None
        return tuple(found)

    def _holders(self, resolver: HolderOfPost) -> People:
        if resolver.department is not None:
            return self._directory.holders(resolver.post, resolver.department)
        own = self._directory.department_of(self._state.subject)
        return self._directory.holders(resolver.post, own or "") or self._directory.holders(
            resolver.post
        )


def _some(person: str | None) -> People:
    return () if person is None else (person,)
