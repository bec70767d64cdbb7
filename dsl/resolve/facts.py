"""Facts, records and feeds."""

from __future__ import annotations

from dsl import model, nodes
from dsl.expressions.tree import Wire
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.frame import describe
from dsl.resolve.types import resolve_type, scalar_type, titles_of, wire_value
from dsl.types import ChoiceType, IntegerType, ListType, PersonType, TextType, Type

KEYS = (TextType, IntegerType, PersonType, ChoiceType)
HOLDERS = (PersonType, TextType)


def resolve_record(desk: Desk, node: nodes.Record) -> model.Record | None:
    """The shape of a list's rows."""
    fields: dict[str, model.Field] = {}
    written: dict[str, nodes.Field] = {}
    wrong = False
    for each in node.fields:
        if each.id.text in written:
            first = desk.label(written[each.id.text].id, "E202.first")
            values = {"name": each.id.text}
            desk.error("E202", each.id, values, others=(first,), variant="listed")
            wrong = True
            continue
        written[each.id.text] = each
        field = _field(desk, each)
        if field is not None:
            fields[field.id] = field
        wrong = wrong or field is None
    key = _key(desk, node, written, fields)
    held_by = _held_by(desk, node, written, fields)
    if key is None or wrong:
        return None
    titles = titles_of(desk, node.title, node.titles)
    return model.Record(node.id.text, titles, tuple(fields.values()), key, held_by)


def resolve_feed(desk: Desk, node: nodes.Feed) -> model.Feed | None:
    """A list that another system supplies."""
    record = desk.find("record", node.record)
    if record is None:
        return None
    return model.Feed(node.id.text, titles_of(desk, node.title, node.titles), record)


def resolve_fact(desk: Desk, node: nodes.Fact) -> model.Fact | None:
    """Something a case knows. Without its type there is no fact, what else is wrong is left out."""
    type_ = resolve_type(desk, node.type, node.bounds)
    private_to = desk.all("role", node.private_to)
    set_by = desk.all("role", node.set_by)
    feed = desk.find("feed", node.feed)
    if type_ is None:
        return None
    if node.feed is not None and feed is not None:
        _feed_fits(desk, node.feed, type_)
    for clause in ("type", "default", "feed", "bounds"):
        at: nodes.Node | None = getattr(node, clause)
        if at is not None:
            desk.place(clause, at)
    return model.Fact(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        type_,
        node.optional,
        _default(desk, type_, node.default),
        feed,
        private_to,
        set_by,
    )


def _feed_fits(desk: Desk, name: nodes.Name, type_: Type) -> None:
    """Reports a feed whose records are not those of the fact's list."""
    feed: nodes.Feed = desk.book.of("feed")[name.text].node
    if isinstance(type_, ListType) and type_.record == feed.record.text:
        return
    if feed.record.text not in desk.book.of("record"):
        return
    symbol = desk.book.of("feed")[name.text]
    others = (desk.declared(symbol, "label.declared"),)
    values = {"name": name.text, "record": feed.record.text}
    desk.error("E412", name, values, others=others, hint=True)


def _default(desk: Desk, type_: Type, node: nodes.Value | None) -> Wire:
    if node is None:
        return None
    if isinstance(type_, ListType):
        desk.error("E351", node, {"value": "", "type": describe(type_)}, variant="list")
        return None
    return wire_value(desk, type_, node)


def _field(desk: Desk, node: nodes.Field) -> model.Field | None:
    type_ = scalar_type(desk, node.type, node.bounds)
    if type_ is None:
        return None
    titles = titles_of(desk, node.title or node.id, node.titles)
    default = _default(desk, type_, node.default)
    return model.Field(node.id.text, titles, type_, node.optional, default)


def _key(
    desk: Desk,
    node: nodes.Record,
    written: dict[str, nodes.Field],
    fields: dict[str, model.Field],
) -> str | None:
    if node.key is None:
        desk.missing("key", node.id, desk.keyword("record"))
        return None
    if node.key.text not in written:
        desk.undeclared("field", node.key, list(written))
        return None
    desk.use("field", node.key, node.id.text)
    field = fields.get(node.key.text)
    if field is None:
        return None
    if not isinstance(field.type, KEYS) or field.optional:
        desk.error("E314", node.key, {"name": field.id}, variant="key")
        return None
    return field.id


def _held_by(
    desk: Desk,
    node: nodes.Record,
    written: dict[str, nodes.Field],
    fields: dict[str, model.Field],
) -> str | None:
    if node.held_by is None:
        return None
    if node.held_by.text not in written:
        desk.undeclared("field", node.held_by, list(written))
        return None
    desk.use("field", node.held_by, node.id.text)
    field = fields.get(node.held_by.text)
    if field is not None and not isinstance(field.type, HOLDERS):
        desk.error("E314", node.held_by, {"name": field.id}, variant="holder")
        return None
    return node.held_by.text
