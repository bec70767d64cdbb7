"""What printed lines are made of, and the templates that put words in the dialect's order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from dsl import nodes
from dsl.dialects import Dialect
from dsl.source import Span

INDENT = "  "
CONTINUED = 2
"""How much deeper a line goes on behind a comma at which a person broke it."""
ESCAPED = re.compile(r'\\(?=["\\]|$)|"')
"""What needs a backslash in a quoted text."""


class Piece(NamedTuple):
    """A word of a line.

    Attributes:
        text: as it is printed; a name is without its back quotes.
        is_name: it is a name, which may need back quotes.
        sure: it needs them whatever the line says.
        tight: no space stands before it.
        row: it begins a line of its own; the row of the source in which it stood.
        bar: it parts the cells of a row of a table, which are aligned with those of other rows.
    """

    text: str
    is_name: bool = False
    sure: bool = False
    tight: bool = False
    row: int | None = None
    bar: bool = False


Pieces = tuple[Piece, ...]
NOTHING: Pieces = ()
COMMA = Piece(",", tight=True)


class Line(Struct, frozen=True):
    """One statement to print.

    Attributes:
        depth: how often it is indented.
        pieces: its words.
        fields: the fields of the declaration that it says; empty for lines of flows and scenarios.
        spans: where the nodes stand that it prints, as far as several lines say the same field.
        parts_group: it closes a branch of a process, so comments before it may belong inside.
    """

    depth: int
    pieces: Pieces
    fields: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    parts_group: bool = False


def tight(pieces: Pieces) -> Pieces:
    """The pieces with no space before the first."""
    return (pieces[0]._replace(tight=True), *pieces[1:]) if pieces else ()


def raw(text: str) -> Pieces:
    """A piece that is printed as it is."""
    return (Piece(text),)


def signs(*texts: str) -> Pieces:
    """Pieces without spaces between them: `1..15`."""
    return tuple(Piece(text, tight=at > 0) for at, text in enumerate(texts))


def quoted(node: nodes.Text | None) -> Pieces:
    """A text in quotes; only what would end it is escaped."""
    if node is None:
        return NOTHING
    return raw('"' + ESCAPED.sub(lambda found: f"\\{found[0]}", node.text) + '"')


class Writer:
    """Prints the nodes of one declaration.

    Args:
        dialect: the words to write.
        declared: the names that the text declares.
        row: the row of the source of an offset in the declaration.
    """

    def __init__(
        self, dialect: Dialect, declared: frozenset[str], row: Callable[[int], int]
    ) -> None:
        self.dialect = dialect
        self._declared = declared
        self._row = row

    def has(self, terminal: str) -> bool:
        """True if the dialect has the word."""
        return terminal in self.dialect.written

    def word(self, terminal: str) -> Pieces:
        """A keyword."""
        return raw(self.dialect.written[terminal])

    def also(self, terminal: str) -> Pieces:
        """A keyword in its second spelling, where it has one."""
        return raw(self.dialect.also.get(terminal) or self.dialect.written[terminal])

    def fill(self, *templates: str, **slots: Pieces | nodes.Name | nodes.Text | None) -> Pieces:
        """The words of the first template that the dialect has all keywords of.

        A template is written like the grammar: keywords in capitals, small words are slots. What a
        slot says is left out where it is None or empty.
        """
        words = next(words for words in map(str.split, templates) if self._knows(words))
        found: list[Piece] = []
        for word in words:
            found.extend(self.word(word) if word.isupper() else self._slot(slots[word]))
        return tuple(found)

    def name(self, node: nodes.Name) -> Pieces:
        """A name; in back quotes if it could stand for a word of the dialect, but does not."""
        is_word = node.word is not None or node.text not in self.dialect.words
        sure = not (is_word or node.text in self._declared)
        return (Piece(node.text, is_name=True, sure=sure),)

    def maybe(self, template: str, name: nodes.Name | Pieces | None) -> Pieces:
        """A template with one slot, `it`; nothing where there is nothing to say."""
        return self.fill(template, it=name) if name else NOTHING

    def listed(self, parts: Iterable[tuple[Span, Pieces]]) -> Pieces:
        """Parts with commas, broken after a comma where the source is.

        Args:
            parts: each with its place.
        """
        found: list[Piece] = []
        last: int | None = None
        for span, pieces in parts:
            row = self._row(span.start)
            if last is not None:
                first = pieces[0]._replace(row=row) if row > last else pieces[0]
                found.extend((COMMA, first, *pieces[1:]))
            else:
                found.extend(pieces)
            last = self._row(span.end)
        return tuple(found)

    def names(self, names: Iterable[nodes.Name]) -> Pieces:
        """Names with commas."""
        return self.listed((name.span, self.name(name)) for name in names)

    def _knows(self, words: list[str]) -> bool:
        return all(self.has(word) for word in words if word.isupper())

    def _slot(self, value: Pieces | nodes.Name | nodes.Text | None) -> Pieces:
        if isinstance(value, nodes.Name):
            return self.name(value)
        if isinstance(value, nodes.Text):
            return quoted(value)
        return value or NOTHING
