"""Who: roles and how their people are found."""

from __future__ import annotations

from msgspec import Struct

from dsl.model.words import Titles
from dsl.types import Duration, Tagged


class Subject(Tagged, tag="subject"):
    """The person whom the case is about."""


class ManagerOf(Tagged, tag="manager_of"):
    """The direct superior of the people of a role."""

    role: str


class HeadOfDepartmentOf(Tagged, tag="head_of_department_of"):
    """The head of the department that the role's people work in."""

    role: str


class HeadOfDepartment(Tagged, tag="head_of_department"):
    """The head of a department named outside the rulebook."""

    department: str


class HolderOfPost(Tagged, tag="holder_of_post"):
    """Whoever holds a post, in one department or in the subject's own first."""

    post: str
    department: str | None = None


class AnyoneIn(Tagged, tag="anyone_in"):
    """Any one member of a group may act."""

    group: str


class EveryoneIn(Tagged, tag="everyone_in"):
    """Every member of a group."""

    group: str


class NamedBy(Tagged, tag="named_by"):
    """Named by another role in a task of its own, opened when the name is first needed."""

    role: str
    within: Duration | None = None


class ThePerson(Tagged, tag="person"):
    """One person, by id."""

    person: str


class External(Tagged, tag="external"):
    """A party outside the company; it never logs in."""


Resolver = (
    Subject
    | ManagerOf
    | HeadOfDepartmentOf
    | HeadOfDepartment
    | HolderOfPost
    | AnyoneIn
    | EveryoneIn
    | NamedBy
    | ThePerson
    | External
)


class Role(Struct, frozen=True, omit_defaults=True):
    """Who: the resolvers are tried in order; nobody who fills a role of `never` fills this one."""

    id: str
    title: Titles
    resolvers: tuple[Resolver, ...]
    never: tuple[str, ...] = ()
    final: bool = False
