"""The placeholders of a text: `{leaver.name}` is an expression, `{{` and `}}` are braces.

A placeholder that cannot be read becomes a node of its own, which resolution reports at its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from dsl import nodes
from dsl.parser.lexemes import COMMENT, NEWLINE, Lexeme, scan, unquoted
from dsl.source import Span

_PIECE = re.compile(r"[{｛]{2}|[}｝]{2}|[{｛](?P<inner>(?:[^{}｛｝])*)[}｝]|(?P<stray>[{}｛｝])")
_DOUBLED = 2

Read = Callable[[list[Lexeme]], nodes.Expression | None]
"""Reads the lexemes of one placeholder; None if they are no expression."""


class _Typed(NamedTuple):
    """A quoted text as it was typed, and where it begins."""

    text: str
    start: int

    def span(self, begin: int, end: int) -> Span:
        return Span(self.start + begin, self.start + end)

    def plain(self, begin: int, end: int) -> str:
        """The characters between two places, without escapes."""
        return unquoted(f"{self.text[0]}{self.text[begin:end]}{self.text[-1]}")


def read_message(text: str, start: int, read: Read) -> nodes.Message:
    """The parts of a text.

    Args:
        text: with its quotes, as it was typed.
        start: where it stands, relative to the part.
        read: reads a placeholder; its lexemes stand relative to the part, too.
    """
    typed = _Typed(text, start)
    return nodes.Message(tuple(_joined(_parts(typed, read))), span=typed.span(0, len(text)))


def _parts(typed: _Typed, read: Read) -> Iterator[nodes.Text | nodes.Expression | nodes.Unreadable]:
    done, end = 1, len(typed.text) - 1
    for found in _PIECE.finditer(typed.text, 1, end):
        if found.start() > done:
            span = typed.span(done, found.start())
            yield nodes.Text(typed.plain(done, found.start()), span=span)
        yield _piece(typed, found, read)
        done = found.end()
    if done < end:
        yield nodes.Text(typed.plain(done, end), span=typed.span(done, end))


def _piece(
    typed: _Typed, found: re.Match[str], read: Read
) -> nodes.Text | nodes.Expression | nodes.Unreadable:
    span = typed.span(found.start(), found.end())
    if found["inner"] is None:
        brace = found[0][0]
        if len(found[0]) == _DOUBLED:
            return nodes.Text(brace, span=span)
        return nodes.Unreadable(brace, span=span)
    begin, end = found.span("inner")
    inner = typed.plain(begin, end)
    at = typed.start + begin
    lexemes = [one.shift(at) for one in scan(inner) if one.kind not in (COMMENT, NEWLINE)]
    return (read(lexemes) if lexemes else None) or nodes.Unreadable(inner, span=span)


def _joined(
    parts: Iterator[nodes.Text | nodes.Expression | nodes.Unreadable],
) -> Iterator[nodes.Text | nodes.Expression | nodes.Unreadable]:
    """Plain texts that touch are one, and one of no characters is none.

    A quoted text in a placeholder is a plain text, too.
    """
    before: nodes.Text | None = None
    for part in parts:
        if isinstance(part, nodes.Text) and not part.text:
            continue
        if isinstance(part, nodes.Text) and before is not None:
            span = Span(before.span.start, part.span.end)
            before = nodes.Text(before.text + part.text, span=span)
            continue
        if before is not None:
            yield before
        before = part if isinstance(part, nodes.Text) else None
        if before is None:
            yield part
    if before is not None:
        yield before
