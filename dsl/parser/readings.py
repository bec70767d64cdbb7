"""What is known of one declaration: its lines as they are written, and what they say once they are read."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from dsl import nodes
from dsl.diagnostic import Diagnostic
from dsl.parser.lexemes import Lexeme
from dsl.source import Span


class Token(Struct, frozen=True):
    """A token of a text: terminal of the grammar, `COMMENT`, or the raw kind where unreadable."""

    kind: str
    text: str
    span: Span


class Statement(NamedTuple):
    """A statement that was read: where it stands, and the fields it fills.

    `fields` is empty for the first line of a declaration and for lines of flows and scenarios.
    """

    span: Span
    fields: tuple[str, ...]


class Lines(NamedTuple):
    """The lines of one declaration, relative to its begin.

    Attributes:
        source: the name of the text, for diagnostics.
        kind: of the declaration.
        meant: the keyword that should begin it, where another word does.
        text: its text.
        rows: the words of its lines.
        comments: its comments and those behind it.
    """

    source: str
    kind: str
    meant: str | None
    text: str
    rows: tuple[tuple[Lexeme, ...], ...]
    comments: tuple[Lexeme, ...]


class Reading(Struct, frozen=True):
    """What one declaration says, as far as it can be read; spans relative to its begin.

    Attributes:
        declaration, broken, comments, lost: as in `nodes.Part`.
        unread: the words of the lines that could not be read.
        unnamed: the kind, if it does not show which name it declares.
        mended: the statements that could be read only after a repair.
        kind: of the declaration.
        illegible: how many statements say nothing that could be told apart.
    """

    declaration: nodes.Declared | None
    broken: bool
    comments: tuple[nodes.Comment, ...]
    lost: str | None
    diagnostics: tuple[Diagnostic, ...]
    tokens: tuple[Token, ...]
    statements: tuple[Statement, ...]
    unread: frozenset[str]
    unnamed: str | None
    mended: tuple[Span, ...]
    kind: str
    illegible: int = 0
