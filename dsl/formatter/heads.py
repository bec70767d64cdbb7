"""Prints headers, facts, records, feeds and roles, and what every declaration has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import bounds, duration, expression
from dsl.formatter.pieces import Line, Pieces, Writer, quoted, raw
from dsl.source import Span

Lines = Iterator[Line]
HasTitles = (
    nodes.Option
    | nodes.Field
    | nodes.Gives
    | nodes.Content
    | nodes.Evidence
    | nodes.Count
    | nodes.StageMark
)
"""What has no lines of its own for its titles."""


def title(node: nodes.Text, id_: nodes.Name) -> Pieces:
    """A title; nothing where the id stands for one that is not written."""
    return () if node.span == id_.span else quoted(node)


def called(node: HasTitles) -> Pieces:
    """The title of what has no lines of its own, and those in further languages."""
    pieces = () if node.title is None else title(node.title, node.id)
    for one in node.titles:
        pieces += raw(one.language.text) + quoted(one.text)
    return pieces


def head(writer: Writer, node: nodes.Declared, terminal: str) -> Pieces:
    """The keyword, the name and the title of a declaration."""
    return writer.fill(f"{terminal} id title", id=node.id, title=title(node.title, node.id))


def clause(pieces: Pieces, *fields: str) -> Lines:
    """The line of a clause; none if it is not written."""
    if pieces:
        yield Line(1, pieces, fields)


def each(field: str, printed: Iterable[tuple[nodes.Node, Pieces]]) -> Lines:
    """A line for each value of a field."""
    for node, pieces in printed:
        yield Line(1, pieces, (field,), (node.span,))


def titles(writer: Writer, found: Iterable[nodes.LanguageTitle], depth: int = 1) -> Lines:
    """The titles in further languages."""
    for one in found:
        pieces = writer.fill("TITLE language text", language=one.language, text=one.text)
        yield Line(depth, pieces, ("titles",), (one.span,))


def because(writer: Writer, node: nodes.Declared) -> Lines:
    """Why a declaration is as it is, which warnings about it are none, and that it stays."""
    yield from clause(writer.maybe("BECAUSE it", quoted(node.because)), "because")
    for one in node.allowances:
        pieces = writer.fill("ALLOW code BECAUSE text", code=one.code, text=one.because)
        yield Line(1, pieces, ("allowances",), (one.span,))
    yield from clause(writer.word("FINAL") if node.final else (), "final")


def type_pieces(writer: Writer, node: nodes.TypeNode) -> Pieces:
    """A type."""
    match node:
        case nodes.SimpleType():
            return writer.word(f"{node.word.upper()}_TYPE")
        case nodes.ListType():
            return writer.fill("LIST_OF record", record=node.record)
        case nodes.ChoiceType():
            options = writer.listed((one.span, _option(writer, one)) for one in node.options)
            return writer.fill("CHOICE options", options=options)


def _option(writer: Writer, node: nodes.Option) -> Pieces:
    return writer.fill("id title", id=node.id, title=called(node))


def within(writer: Writer, node: nodes.Duration | None) -> Pieces:
    """The time that somebody has."""
    return () if node is None else writer.fill("WITHIN limit", limit=duration(writer, node))


def when(writer: Writer, node: nodes.Expression | None) -> Pieces:
    """The condition under which a line holds."""
    return writer.maybe("WHEN it", expression(writer, node))


def optional(writer: Writer, *, is_so: bool) -> Pieces:
    """The word for what may be missing."""
    return writer.word("OPTIONAL") if is_so else ()


def _header(writer: Writer, node: nodes.Header) -> Lines:
    yield Line(0, head(writer, node, "RULEBOOK"))
    yield from titles(writer, node.titles)
    version = None if node.version is None else raw(node.version.text)
    yield from clause(writer.maybe("VERSION it", version), "version")
    yield from clause(_extends(writer, node.extends), "extends")
    yield from clause(writer.maybe("JURISDICTION it", node.jurisdiction), "jurisdiction")
    yield from clause(writer.maybe("USES_CALENDAR it", node.calendar), "calendar")
    yield from clause(writer.maybe("TIMEZONE it", quoted(node.timezone)), "timezone")
    yield from clause(writer.maybe("USES_CURRENCY it", node.currency), "currency")
    yield from clause(writer.maybe("MAINTAINED_BY it", quoted(node.maintained_by)), "maintained_by")
    yield from because(writer, node)


def _extends(writer: Writer, node: nodes.Extends | None) -> Pieces:
    if node is None:
        return ()
    return writer.fill("EXTENDS base range", base=node.base, range=raw(node.range.text))


def _values(writer: Writer, node: nodes.Fact | nodes.Field) -> Pieces:
    """What facts and fields may have behind their type."""
    default = writer.maybe("DEFAULT it", expression(writer, node.default))
    return bounds(node.bounds) + optional(writer, is_so=node.optional) + default


def _fact(writer: Writer, node: nodes.Fact) -> Lines:
    pieces = head(writer, node, "FACT") + type_pieces(writer, node.type)
    fields = ("optional", "default", "bounds", "feed", "private_to", "set_by")
    yield Line(0, pieces + fact_clauses(writer, node), fields)
    yield from titles(writer, node.titles)
    yield from because(writer, node)


def fact_clauses(writer: Writer, node: nodes.Fact) -> Pieces:
    """What a fact says behind its type."""
    pieces = (
        _values(writer, node)
        + writer.maybe("COMES_FROM it", node.feed)
        + writer.maybe("PRIVATE_TO it", writer.names(node.private_to))
    )
    if node.set_by:
        setters = writer.names(node.set_by)
        pieces += writer.fill("SET_BY names", "BY_WHOM names MAY_CHANGE", names=setters)
    return pieces


def _field(writer: Writer, node: nodes.Field) -> Pieces:
    return writer.fill(
        "id title type rest",
        id=node.id,
        title=called(node),
        type=type_pieces(writer, node.type),
        rest=_values(writer, node),
    )


def _record(writer: Writer, node: nodes.Record) -> Lines:
    yield Line(0, head(writer, node, "RECORD"))
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("KEY it", node.key), "key")
    yield from clause(writer.maybe("HELD_BY it", node.held_by), "held_by")
    yield from each("fields", ((one, _field(writer, one)) for one in node.fields))
    yield from because(writer, node)


def _feed(writer: Writer, node: nodes.Feed) -> Lines:
    of = writer.fill("FEED_OF record", record=node.record)
    yield Line(0, head(writer, node, "FEED") + of)
    yield from titles(writer, node.titles)
    yield from because(writer, node)


def _role(writer: Writer, node: nodes.Role) -> Lines:
    pieces = writer.fill("IS ways", ways=ways(writer, node.resolvers))
    yield Line(0, head(writer, node, "ROLE") + pieces)
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("NEVER it", writer.names(node.never)), "never")
    yield from because(writer, node)


def ways(writer: Writer, resolvers: tuple[nodes.Resolver, ...]) -> Pieces:
    """How a role finds its people: the first way and its fallbacks."""
    return writer.listed(_ways(writer, resolvers))


def _ways(writer: Writer, resolvers: tuple[nodes.Resolver, ...]) -> Iterator[tuple[Span, Pieces]]:
    for at, resolver in enumerate(resolvers):
        way = _RESOLVERS[type(resolver)](writer, resolver)
        yield resolver.span, writer.word("OTHERWISE") + way if at else way


def _manager_of(writer: Writer, node: nodes.ManagerOf) -> Pieces:
    return writer.fill("MANAGER_OF role", "role OF SUPERIOR", role=node.role)


def _head_of_department_of(writer: Writer, node: nodes.HeadOfDepartmentOf) -> Pieces:
    return writer.fill("HEAD_OF_DEPARTMENT_OF role", "role OF DEPARTMENT_HEAD", role=node.role)


def _head_of_department(writer: Writer, node: nodes.HeadOfDepartment) -> Pieces:
    templates = ("HEAD_OF_DEPARTMENT department", "DEPARTMENT_NAMED department HEAD")
    return writer.fill(*templates, department=node.department)


def _holder_of_post(writer: Writer, node: nodes.HolderOfPost) -> Pieces:
    if node.department is None:
        return writer.fill("HOLDER_OF_POST post", "POST_NAMED post HOLDER", post=node.post)
    return writer.fill(
        "HOLDER_OF_POST post IN_DEPARTMENT department",
        "DEPARTMENT_NAMED department POST_NAMED post HOLDER",
        post=node.post,
        department=node.department,
    )


def _named_by(writer: Writer, node: nodes.NamedBy) -> Pieces:
    templates = ("NAMED_BY role limit", "BY_WHOM role NAMES limit")
    return writer.fill(*templates, role=node.role, limit=within(writer, node.within))


def _anyone_in(writer: Writer, node: nodes.AnyoneIn) -> Pieces:
    return writer.fill("ANYONE_IN_GROUP group", "GROUP_NAMED group ANYONE", group=node.group)


def _everyone_in(writer: Writer, node: nodes.EveryoneIn) -> Pieces:
    return writer.fill("EVERYONE_IN_GROUP group", "GROUP_NAMED group EVERYONE", group=node.group)


def _the_person(writer: Writer, node: nodes.ThePerson) -> Pieces:
    return writer.fill("PERSON_NAMED person", person=node.person)


def _subject(writer: Writer, _node: nodes.Subject) -> Pieces:
    return writer.word("SUBJECT")


def _external(writer: Writer, _node: nodes.External) -> Pieces:
    return writer.word("EXTERNAL")


_RESOLVERS: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.Subject: _subject,
    nodes.ManagerOf: _manager_of,
    nodes.HeadOfDepartmentOf: _head_of_department_of,
    nodes.HeadOfDepartment: _head_of_department,
    nodes.HolderOfPost: _holder_of_post,
    nodes.AnyoneIn: _anyone_in,
    nodes.EveryoneIn: _everyone_in,
    nodes.NamedBy: _named_by,
    nodes.ThePerson: _the_person,
    nodes.External: _external,
}
PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {
    nodes.Header: _header,
    nodes.Fact: _fact,
    nodes.Record: _record,
    nodes.Feed: _feed,
    nodes.Role: _role,
}
