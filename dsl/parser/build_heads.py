"""Builders of heads and of the clauses of facts, records and roles, by grammar alternative."""

from __future__ import annotations

from typing import NamedTuple, cast

from lark.lexer import Token

from dsl import nodes
from dsl.parser.kids import (
    Builder,
    Clause,
    Clauses,
    Kids,
    Titled,
    bare,
    fills,
    fills_expression,
    fills_names,
    of_name,
    of_text,
    says,
)
from dsl.source import Span

_PLAIN_HEADS = (
    "header", "record", "item", "approval", "gate", "action", "access", "document", "calendar",
    "process", "rule", "scenario",
)  # fmt: skip


class Head(NamedTuple):
    """The first line of a declaration: its name, its title, and the clauses that it has already."""

    id: nodes.Name
    title: nodes.Text | None
    clauses: tuple[Clause, ...]
    span: Span


def _head(kids: Kids) -> Head:
    return Head(kids.one(nodes.Name), kids.maybe(nodes.Text), kids.all(Clause), kids.span)


def _fact_head(kids: Kids) -> Head:
    kind = Clause("type", type_node(kids), kids.span)
    return Head(*_called(kids), (kind, *kids.all(Clause)), kids.span)


def _feed_head(kids: Kids) -> Head:
    name, record = kids.all(nodes.Name)
    clause = Clause("record", record, record.span)
    return Head(name, kids.maybe(nodes.Text), (clause,), kids.span)


def _role_head(kids: Kids) -> Head:
    clause = Clause("resolvers", _resolvers(kids), kids.span)
    return Head(*_called(kids), (clause,), kids.span)


def _sla_head(kids: Kids) -> Head:
    default = (Clause("default", kids.has("DEFAULT"), kids.span),) if kids.has("DEFAULT") else ()
    return Head(*_called(kids), default, kids.span)


def _resolvers(kids: Kids) -> tuple[nodes.Resolver, ...]:
    found = (child for child in kids.children if isinstance(child, nodes.Node))
    resolvers = (child for child in found if not isinstance(child, nodes.Name | nodes.Text))
    return cast("tuple[nodes.Resolver, ...]", tuple(resolvers))


def type_node(kids: Kids) -> nodes.TypeNode:
    """The child that is a type."""
    kinds = nodes.SimpleType | nodes.ChoiceType | nodes.ListType
    return next(child for child in kids.children if isinstance(child, kinds))


def _called(kids: Kids) -> tuple[nodes.Name, nodes.Text | None]:
    return kids.one(nodes.Name), kids.maybe(nodes.Text)


def _clauses(kids: Kids) -> Clauses:
    return Clauses(kids.all(Clause), kids.span)


def _language_title(kids: Kids) -> Clause:
    name = kids.one(nodes.Name)
    # A code of a language is never a word for something else, as `id` is.
    language = nodes.Name(name.text, span=name.span)
    title = nodes.LanguageTitle(language, kids.one(nodes.Text), span=kids.span)
    return kids.clause("titles", title, many=True)


def _titled(kids: Kids) -> Titled:
    first, *others = kids.all(nodes.Text)
    languages = (token for token in kids.all(Token) if token.type == "LANGUAGE")
    found = (_in_language(token, text) for token, text in zip(languages, others, strict=True))
    return Titled(first, tuple(found), kids.span)


def _in_language(token: Token, text: nodes.Text) -> nodes.LanguageTitle:
    start = token.start_pos or 0
    language = nodes.Name(str(token), span=Span(start, token.end_pos or 0))
    return nodes.LanguageTitle(language, text, span=Span(start, text.span.end))


def titles_of(kids: Kids) -> Titled:
    """The titles, or the id in their place: what an item asks for may go without one."""
    name = kids.one(nodes.Name)
    by_id = Titled(nodes.Text(name.text, span=name.span), (), name.span)
    return kids.maybe(Titled) or by_id


def _allow(kids: Kids) -> Clause:
    found = nodes.Allowance(kids.one(nodes.Name), kids.one(nodes.Text), span=kids.span)
    return kids.clause("allowances", found, many=True)


def _bounds(kids: Kids) -> Clause:
    low, high = (
        nodes.Number(str(token), span=Span(token.start_pos or 0, token.end_pos or 0))
        for token in kids.all(Token)
        if token.type in ("NUMBER", "FRACTION")
    )
    return kids.clause("bounds", nodes.Bounds(low, high, span=kids.span))


def _simple_type(kids: Kids) -> nodes.SimpleType:
    word = kids.one(Token).type.removesuffix("_TYPE").lower()
    return nodes.SimpleType(cast("nodes.TypeWord", word), span=kids.span)


def _choice_type(kids: Kids) -> nodes.ChoiceType:
    return nodes.ChoiceType(kids.all(nodes.Option), span=kids.span)


def _list_type(kids: Kids) -> nodes.ListType:
    return nodes.ListType(kids.one(nodes.Name), span=kids.span)


def _option(kids: Kids) -> nodes.Option:
    said = kids.maybe(Titled)
    title, titles = (None, ()) if said is None else (said.title, said.titles)
    return nodes.Option(kids.one(nodes.Name), title, titles, span=kids.span)


def _field(kids: Kids) -> Clause:
    said = {clause.field: clause.value for clause in kids.all(Clause)}
    called = kids.maybe(Titled)
    field = nodes.Field(
        kids.one(nodes.Name),
        type_node(kids),
        None if called is None else called.title,
        () if called is None else called.titles,
        optional=bool(said.get("optional")),
        default=cast("nodes.Value | None", said.get("default")),
        bounds=cast("nodes.Bounds | None", said.get("bounds")),
        span=kids.span,
    )
    return kids.clause("fields", field, many=True)


def _holder_of_post(kids: Kids) -> nodes.HolderOfPost:
    return nodes.HolderOfPost(*kids.all(nodes.Text), span=kids.span)


def _holder_in_department(kids: Kids) -> nodes.HolderOfPost:
    department, post = kids.all(nodes.Text)
    return nodes.HolderOfPost(post, department, span=kids.span)


def _named_by(kids: Kids) -> nodes.NamedBy:
    return nodes.NamedBy(kids.one(nodes.Name), limit(kids), span=kids.span)


def limit(kids: Kids) -> nodes.Duration | None:
    """The duration of `within`, if it is written."""
    clause = kids.maybe(Clause)
    return None if clause is None else cast("nodes.Duration", clause.value)


BUILDERS: dict[str, Builder] = {
    **{f"{kind}_head": _head for kind in _PLAIN_HEADS},
    "fact_head": _fact_head,
    "feed_head": _feed_head,
    "role_head": _role_head,
    "sla_head": _sla_head,
    "version_line": fills("version", nodes.Text),
    "jurisdiction": fills("jurisdiction", nodes.Name),
    "calendar": fills("calendar", nodes.Name),
    "timezone": fills("timezone", nodes.Text),
    "currency": fills("currency", nodes.Name),
    "maintained_by": fills("maintained_by", nodes.Text),
    "language_title": _language_title,
    "titled": _titled,
    "because": fills("because", nodes.Text),
    "allow": _allow,
    "clauses": _clauses,
    "feed_of_fact": fills("feed", nodes.Name),
    "private_to": fills_names("private_to"),
    "set_by": fills_names("set_by"),
    "optional": says("optional", value=True),
    "default_value": fills_expression("default"),
    "bounds": _bounds,
    "simple_type": _simple_type,
    "choice_type": _choice_type,
    "list_type": _list_type,
    "option": _option,
    "key": fills("key", nodes.Name),
    "held_by": fills("held_by", nodes.Name),
    "field": _field,
    "never": fills_names("never"),
    "subject": bare(nodes.Subject),
    "manager_of": of_name(nodes.ManagerOf),
    "head_of_department_of": of_name(nodes.HeadOfDepartmentOf),
    "head_of_department": of_text(nodes.HeadOfDepartment),
    "holder_of_post": _holder_of_post,
    "holder_in_department": _holder_in_department,
    "anyone_in": of_text(nodes.AnyoneIn),
    "everyone_in": of_text(nodes.EveryoneIn),
    "named_by": _named_by,
    "the_person": of_text(nodes.ThePerson),
    "external": bare(nodes.External),
    "within": fills("within", nodes.Duration),
}
