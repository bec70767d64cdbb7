"""The first pass: every declared name, before any of them is looked up."""

from __future__ import annotations

from collections.abc import Iterator

from dsl import nodes
from dsl.diagnostic import Term, Value
from dsl.resolve.book import Book, Kind, Symbol
from dsl.resolve.desk import Desk
from dsl.resolve.likeness import look

KINDS: dict[type, Kind] = {
    nodes.Fact: "fact",
    nodes.Record: "record",
    nodes.Feed: "feed",
    nodes.Role: "role",
    nodes.Table: "table",
    nodes.Sla: "sla",
    nodes.Calendar: "calendar",
    nodes.Approval: "approval",
    nodes.Item: "item",
    nodes.Gate: "gate",
    nodes.Action: "action",
    nodes.Access: "access",
    nodes.Document: "document",
    nodes.Process: "process",
    nodes.Rule: "rule",
    nodes.Audience: "audience",
    nodes.Scenario: "scenario",
}


def collect(book: Book, rulebook: nodes.Rulebook) -> None:
    """Puts the declared names into the book; names declared twice or clashing are reported."""
    book.unread, book.unnamed = frozenset(rulebook.unread), frozenset(rulebook.unnamed)
    book.mended, book.based = rulebook.mended, rulebook.based
    for part in rulebook.parts:
        if part.declaration is None:
            book.broken.add(part.lost or "")
            continue
        desk = Desk(book, part.start, "")
        if part.broken:
            book.broken.add(part.declaration.id.text)
        declare(desk, KINDS[type(part.declaration)], part.declaration.id, part.declaration)
        for kind, name in _inner_names(part.declaration):
            if kind == "group" and name.text in book.of("group"):
                desk.use("group", name)
            else:
                declare(desk, kind, name, part.declaration)
    _clashes(book)
    _alike(book)


def declare(desk: Desk, kind: Kind, name: nodes.Name, node: object) -> None:
    """Enters one name; a second one of the same kind is reported with both places."""
    known = desk.book.of(kind)
    if name.text not in known:
        known[name.text] = Symbol(kind, name.text, desk.whole(name), node)
        return
    desk.book.twice.add((kind, name.text))
    desk.book.broken.add(name.text)
    first = desk.declared(known[name.text], "E202.first")
    values: dict[str, Value] = {"name": name.text, "kind": Term(f"kind.{kind}")}
    desk.error("E202", name, values, others=(first,), hint=True)


def _inner_names(declaration: nodes.Declaration) -> Iterator[tuple[Kind, nodes.Name]]:
    if isinstance(declaration, nodes.Item) and declaration.group is not None:
        yield "group", declaration.group
    if isinstance(declaration, nodes.Process):
        for stage in _stages(declaration.body):
            yield "stage", stage.id


def _stages(body: tuple[nodes.Flow, ...]) -> Iterator[nodes.StageMark]:
    for flow in body:
        match flow:
            case nodes.StageMark():
                yield flow
            case nodes.Together():
                for branch in flow.branches:
                    yield from _stages(branch)
            case nodes.Choose():
                yield from _stages(flow.then)
                yield from _stages(flow.otherwise)
            case nodes.Do() | nodes.Wait():
                pass


def _alike(book: Book) -> None:
    """Reports names that nobody can tell apart, whatever they name."""
    symbols = [symbol for kind in book.symbols for symbol in book.of(kind).values()]
    first: dict[str, Symbol] = {}
    for symbol in sorted(symbols, key=lambda symbol: book.texts.order(symbol.span)):
        known = first.setdefault(look(symbol.id), symbol)
        if known.id != symbol.id:
            desk = Desk(book, 0, "")
            others = (desk.declared(known, "E209.other"),)
            desk.error("E209", symbol.span, {"name": symbol.id}, others=others, hint=True)


def _clashes(book: Book) -> None:
    facts, roles = book.of("fact"), book.of("role")
    for name in [name for name in roles if name in facts]:
        first, second = sorted(
            (facts[name], roles[name]), key=lambda symbol: book.texts.order(symbol.span)
        )
        desk = Desk(book, 0, "")
        others = (desk.declared(first, "label.declared"),)
        desk.error("E204", second.span, {"name": name}, others=others, hint=True)
