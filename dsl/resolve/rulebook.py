"""All declarations of a text, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from dsl import model, nodes
from dsl.diagnostic import Diagnostic
from dsl.layers import Gone
from dsl.resolve.approvals import resolve_approval
from dsl.resolve.book import Book
from dsl.resolve.calendars import resolve_calendar
from dsl.resolve.collect import KINDS, collect
from dsl.resolve.desk import Desk
from dsl.resolve.facts import resolve_fact, resolve_feed, resolve_record
from dsl.resolve.flow import resolve_process
from dsl.resolve.header import Header, resolve_header
from dsl.resolve.items import content_types, count_types, resolve_item
from dsl.resolve.memory import Memory
from dsl.resolve.names import Names, names_of
from dsl.resolve.roles import resolve_role
from dsl.resolve.rules import resolve_audience, resolve_rule
from dsl.resolve.scenarios import resolve_scenario
from dsl.resolve.tables import resolve_outputs, resolve_table
from dsl.resolve.things import (
    resolve_access,
    resolve_action,
    resolve_document,
    resolve_gate,
    resolve_sla,
)
from dsl.resolve.traces import Traces
from dsl.source import Span
from dsl.texts import Texts

Resolve = Callable[[Desk, Any], Any]

ORDER: tuple[tuple[type, Resolve], ...] = (
    (nodes.Record, resolve_record),
    (nodes.Feed, resolve_feed),
    (nodes.Fact, resolve_fact),
    (nodes.Role, resolve_role),
    (nodes.Table, resolve_table),
    (nodes.Sla, resolve_sla),
    (nodes.Calendar, resolve_calendar),
    (nodes.Item, resolve_item),
    (nodes.Approval, resolve_approval),
    (nodes.Gate, resolve_gate),
    (nodes.Action, resolve_action),
    (nodes.Access, resolve_access),
    (nodes.Document, resolve_document),
    (nodes.Process, resolve_process),
    (nodes.Rule, resolve_rule),
    (nodes.Audience, resolve_audience),
    (nodes.Scenario, resolve_scenario),
)
"""Types before what has them, facts before the conditions that read them."""


class Resolved(Struct, frozen=True):
    """The model of a text, None if a part of it could not be resolved, and what is wrong.

    `words` are the places where a name stands for a word of the language, not for a declaration;
    `names` those where it stands for one.
    """

    checked: model.Checked | None
    diagnostics: tuple[Diagnostic, ...]
    words: frozenset[Span] = frozenset()
    names: Names = Names()


def resolve(
    texts: Texts,
    rulebook: nodes.Rulebook,
    memory: Memory | None = None,
    gone: Mapping[tuple[str, str], Gone] = {},
) -> Resolved:
    """Looks up every name, fills in defaults and types every expression.

    Args:
        texts: those that the spans of the nodes are in.
        rulebook: the nodes.
        memory: of the form of the rulebook before this one.
        gone: what layers have removed, by kind and id.
    """
    memory = memory or Memory()
    book = Book(texts)
    book.gone = {key: one.span for key, one in gone.items()}
    collect(book, rulebook)
    header = _header(book, rulebook)
    memory.begin(book)
    found: dict[type, list[Any]] = {kind: [] for kind, _ in ORDER}
    _outputs(book, rulebook)
    parts: dict[type, list[nodes.Part]] = {kind: [] for kind, _ in ORDER}
    for part in rulebook.parts:
        if part.declaration is not None:
            parts[type(part.declaration)].append(part)
    for kind, act in ORDER:
        if kind is nodes.Item:
            _contents(book, rulebook)
            memory.learn(book.contents)
        found[kind] = [_one(book, part, act, memory) for part in parts[kind]]
    memory.end()
    if not found[nodes.Process]:
        _no_process(book, rulebook)
    diagnostics = tuple(book.diagnostics)
    words, names = frozenset(book.traces.words), names_of(book, rulebook)
    if (
        header is None
        or diagnostics
        or book.excused
        or any(None in each for each in found.values())
    ):
        return Resolved(None, diagnostics, words, names)
    checked = model.Checked(_model(book, header, found), book.texts, book.traces.spans)
    return Resolved(checked, (), words, names)


def _header(book: Book, rulebook: nodes.Rulebook) -> Header | None:
    if rulebook.header is None:
        book.currency = "CNY" if book.dialect == "zh" else "USD"
        return None
    desk = Desk(book, 0, "rulebook", broken=rulebook.header_broken)
    desk.place("", rulebook.header)
    header = resolve_header(desk, rulebook.header)
    book.currency = header.currency
    return header


def _outputs(book: Book, rulebook: nodes.Rulebook) -> None:
    """What every decision table gives first: any expression may ask for it."""
    for part in rulebook.parts:
        if isinstance(part.declaration, nodes.Table):
            found = resolve_outputs(_desk(book, part), part.declaration)
            if found is not None:
                book.outputs[part.declaration.id.text] = found


def _contents(book: Book, rulebook: nodes.Rulebook) -> None:
    """The contents of all items first: any item's conditions may read those of another."""
    for part in rulebook.parts:
        if isinstance(part.declaration, nodes.Item):
            item = part.declaration
            desk = _desk(book, part)
            types = content_types(desk, item) | count_types(desk, item)
            book.contents |= {(item.id.text, one): type_ for one, type_ in types.items()}


def _desk(book: Book, part: nodes.Part) -> Desk:
    declaration = part.declaration
    path = f"{KINDS[type(declaration)]}.{declaration.id.text}" if declaration else ""
    return Desk(book, part.start, path, broken=part.broken)


def _one(book: Book, part: nodes.Part, act: Resolve, memory: Memory) -> Any:  # noqa: ANN401 (a model of its kind)
    """One declaration, or what is known of it from the form before."""
    declaration = part.declaration
    if declaration is None:
        return None
    key = KINDS[type(declaration)], declaration.id.text
    kept = memory.recall(key, part)
    if kept is None:
        found, traces, sound = _anew(book, part, declaration, act)
        if sound:
            memory.keep(key, part, found, traces)
        else:
            memory.doubt(key)
    else:
        found, traces = kept.found, kept.traces
    book.traces.take(traces)
    if isinstance(found, model.Fact):
        book.facts.setdefault(found.id, found)
    elif isinstance(found, model.Record):
        book.records.setdefault(found.id, found)
    elif isinstance(found, model.Table):
        book.tables.setdefault(found.id, found)
    return found


def _anew(
    book: Book, part: nodes.Part, declaration: nodes.Declaration, act: Resolve
) -> tuple[Any, Traces, bool]:
    """A declaration, what has been noted of it, and whether it has no problem."""
    outer, book.traces = book.traces, Traces()
    before = (len(book.diagnostics), len(book.unknown))
    excused, book.excused = book.excused, False
    desk = _desk(book, part)
    desk.place("", declaration)
    desk.place("id", declaration.id)
    found = act(desk, declaration)
    if declaration.final and found is not None:
        found = replace(found, final=True)
    after = (len(book.diagnostics), len(book.unknown))
    sound = found is not None and before == after and not book.excused
    traces, book.traces = book.traces, outer
    book.excused = book.excused or excused
    return found, traces, sound


def _no_process(book: Book, rulebook: nodes.Rulebook) -> None:
    if rulebook.unread or rulebook.based or rulebook.header is None:
        return
    desk = Desk(book, 0, "rulebook")
    desk.error("E402", rulebook.header.id, {"process": desk.keyword("process")}, hint=True)


def _model(book: Book, header: Header, found: dict[type, list[Any]]) -> model.Rulebook:
    return model.Rulebook(
        id=header.id,
        title=header.title,
        language=book.dialect,
        version=header.version,
        timezone=header.timezone,
        currency=header.currency,
        processes=tuple(found[nodes.Process]),
        jurisdiction=header.jurisdiction,
        calendar=header.calendar,
        maintained_by=header.maintained_by,
        facts=tuple(found[nodes.Fact]),
        records=tuple(found[nodes.Record]),
        feeds=tuple(found[nodes.Feed]),
        roles=tuple(found[nodes.Role]),
        tables=tuple(found[nodes.Table]),
        slas=tuple(found[nodes.Sla]),
        calendars=tuple(found[nodes.Calendar]),
        approvals=tuple(found[nodes.Approval]),
        items=tuple(found[nodes.Item]),
        gates=tuple(found[nodes.Gate]),
        actions=tuple(found[nodes.Action]),
        accesses=tuple(found[nodes.Access]),
        documents=tuple(found[nodes.Document]),
        rules=tuple(found[nodes.Rule]),
        audience=next(iter(found[nodes.Audience]), None),
        scenarios=tuple(found[nodes.Scenario]),
    )
