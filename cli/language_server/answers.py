"""What an editor asks about a place of a text."""

from __future__ import annotations

from lsprotocol import types

from cli.language_server.document import Document
from dsl.catalogue import MESSAGES, Language
from dsl.editor.completion import Candidate, complete
from dsl.editor.outline import Entry
from dsl.formatter import format_source
from dsl.resolve.traces import Use
from dsl.source import Span

_SYMBOLS = {
    "fact": types.SymbolKind.Variable,
    "record": types.SymbolKind.Struct,
    "feed": types.SymbolKind.Interface,
    "role": types.SymbolKind.Class,
    "table": types.SymbolKind.Array,
    "field": types.SymbolKind.Field,
    "part": types.SymbolKind.Field,
    "output": types.SymbolKind.Field,
    "process": types.SymbolKind.Module,
    "scenario": types.SymbolKind.Event,
}
_OTHER = types.SymbolKind.Function


def completion(document: Document, position: types.Position) -> types.CompletionList:
    """What can be typed at a place."""
    offset = document.positions.offset(position)
    found = complete(document.source, offset, document.completing)
    place = document.positions.range(Span(found.start, found.end))
    titles = {(entry.kind, entry.id): entry.title for entry in document.entries()}
    items = [
        _item(each, place, number, titles.get((each.kind, each.text), ""))
        for number, each in enumerate(found.candidates)
    ]
    return types.CompletionList(is_incomplete=False, items=items)


def _item(
    candidate: Candidate, place: types.Range, number: int, title: str
) -> types.CompletionItem:
    keyword = candidate.kind == "keyword"
    kind = types.CompletionItemKind.Keyword if keyword else types.CompletionItemKind.Variable
    return types.CompletionItem(
        candidate.text,
        kind=kind,
        detail=title or None,
        sort_text=f"{number:04}",
        text_edit=types.TextEdit(place, candidate.text),
    )


def hover(document: Document, position: types.Position, language: Language) -> types.Hover | None:
    """What the name at a place stands for: its kind, its title, its whole declaration."""
    name = document.name_at(position)
    if name is None:
        return None
    entry = document.entry_of(name)
    kind = MESSAGES.say(language, f"term.kind.{name.kind}")
    head = f"**{kind}** `{name.id}`"
    title = f" — {_plain(entry.title)}" if entry and entry.title else ""
    text = document.text_of(name, entry)
    # A fence longer than any in the text: what was typed stays text.
    fence = "`" * max(3, _longest_ticks(text) + 1)
    value = f"{head}{title}\n\n{fence}baton\n{text}\n{fence}"
    return types.Hover(
        types.MarkupContent(types.MarkupKind.Markdown, value), document.positions.range(name.span)
    )


def _plain(text: str) -> str:
    """Typed text in Markdown: no sign of it acts."""
    return "".join(f"\\{char}" if char in r"\`*_{}[]<>()#+-.!|&~" else char for char in text)


def _longest_ticks(text: str) -> int:
    longest = run = 0
    for char in text:
        run = run + 1 if char == "`" else 0
        longest = max(longest, run)
    return longest


def definition(document: Document, position: types.Position) -> types.Location | None:
    """Where the name at a place is declared."""
    name = document.name_at(position)
    return None if name is None else _location(document, document.outcome.names.declaration(name))


def references(
    document: Document, position: types.Position, *, declaration: bool
) -> list[types.Location]:
    """Where the name at a place is written."""
    name = document.name_at(position)
    if name is None:
        return []
    places = document.outcome.names.places(name)
    return [_location(document, each) for each in (places if declaration else places[1:])]


def _location(document: Document, name: Use) -> types.Location:
    return document.location(name.span)


def symbols(document: Document) -> list[types.DocumentSymbol]:
    """The outline."""
    return [_symbol(document, entry) for entry in document.entries()]


def _symbol(document: Document, entry: Entry) -> types.DocumentSymbol:
    range_ = document.positions.range
    return types.DocumentSymbol(
        entry.id.rpartition(".")[2],
        _SYMBOLS.get(entry.kind, _OTHER),
        range_(entry.span),
        range_(entry.name),
        entry.title or None,
        children=[_symbol(document, inner) for inner in entry.inner],
    )


def formatting(document: Document) -> list[types.TextEdit] | None:
    """The canonical form; None if the text cannot be read."""
    found = format_source(document.source, None, document.shelf, document.checker.parsed)
    if found.text is None:
        return None
    if found.text == document.source.original:
        return []
    whole = types.Range(types.Position(0, 0), document.positions.end())
    return [types.TextEdit(whole, found.text)]
