"""Roles: who, and who else, and who never."""

from __future__ import annotations

from dsl import model, nodes
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.literals import span_of
from dsl.resolve.types import titles_of
from dsl.types import Duration


def resolve_role(desk: Desk, node: nodes.Role) -> model.Role | None:
    """A role with its fallbacks."""
    found = [_resolver(desk, each) for each in node.resolvers]
    never = desk.all("role", node.never)
    if node.never:
        desk.place("never", node.never[0])
    for number, each in enumerate(node.resolvers):
        desk.place(f"resolvers.{number}", each)
    resolvers = tuple(each for each in found if each is not None)
    if len(resolvers) < len(found) or not resolvers:
        return None
    return model.Role(node.id.text, titles_of(desk, node.title, node.titles), resolvers, never)


def budget(desk: Desk, node: nodes.Duration | None) -> Duration | None:
    """The time that somebody has, if it is written; no time at all is an error."""
    if node is None:
        return None
    if node.amount == 0:
        desk.error("E443", node, hint=True)
    return span_of(desk, node)


def _resolver(desk: Desk, node: nodes.Resolver) -> model.Resolver | None:
    match node:
        case nodes.ManagerOf() | nodes.HeadOfDepartmentOf() | nodes.NamedBy():
            role = desk.find("role", node.role)
            return None if role is None else _relative(desk, node, role)
        case _:
            return _absolute(node)


def _relative(
    desk: Desk,
    node: nodes.ManagerOf | nodes.HeadOfDepartmentOf | nodes.NamedBy,
    role: str,
) -> model.Resolver:
    match node:
        case nodes.ManagerOf():
            return model.ManagerOf(role)
        case nodes.HeadOfDepartmentOf():
            return model.HeadOfDepartmentOf(role)
        case nodes.NamedBy():
            return model.NamedBy(role, budget(desk, node.within))


_Absolute = (
    nodes.Subject
    | nodes.HeadOfDepartment
    | nodes.HolderOfPost
    | nodes.AnyoneIn
    | nodes.EveryoneIn
    | nodes.ThePerson
    | nodes.External
)


def _absolute(node: _Absolute) -> model.Resolver:
    found: model.Resolver
    match node:
        case nodes.HeadOfDepartment():
            found = model.HeadOfDepartment(node.department.text)
        case nodes.HolderOfPost():
            department = node.department.text if node.department else None
            found = model.HolderOfPost(node.post.text, department)
        case nodes.AnyoneIn():
            found = model.AnyoneIn(node.group.text)
        case nodes.EveryoneIn():
            found = model.EveryoneIn(node.group.text)
        case nodes.ThePerson():
            found = model.ThePerson(node.person.text)
        case nodes.External():
            found = model.External()
        case _:
            found = model.Subject()
    return found
