"""What each piece of a line is, from the compiler's own tokens: no second grammar to go astray."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from dsl.dialects import Dialect
from dsl.parser import Token
from dsl.source import Source

Tone = Literal["declares", "keyword", "name", "text", "number", "comment", "error", "warning"]
_KINDS: Mapping[str, Tone] = {
    "NAME": "name",
    "QUOTED_NAME": "name",
    "TEXT": "text",
    "UNCLOSED": "text",
    "COMMENT": "comment",
    "NUMBER": "number",
    "FRACTION": "number",
    "PERCENT": "number",
    "DATE": "number",
    "TIME": "number",
    "VERSION_NUMBER": "number",
    "CURRENCY": "number",
}


class Coloured(NamedTuple):
    """A piece of a line, half-open in code points from the line's begin."""

    start: int
    end: int
    tone: Tone


Lines = Mapping[int, tuple[Coloured, ...]]
"""The pieces of each line, by its number from 0."""


def coloured(
    source: Source, tokens: Sequence[Token], known: Dialect, begins: frozenset[int]
) -> Lines:
    """The lines of a text.

    Args:
        source: the text.
        tokens: its tokens in order.
        known: the dialect that it is written in.
        begins: where declarations begin.
    """
    lines: defaultdict[int, list[Coloured]] = defaultdict(list)
    number, line = 0, range(0)
    for token in tokens:
        tone = _tone(token, known, begins)
        if tone is None:
            continue
        start, end = token.span
        if start not in line:
            # Tokens follow each other: a line is looked up once for all that stand in it.
            number, column = source.position(start)
            begin = start - (column - 1)
            line = range(begin, begin + len(source.line(number)))
        if end <= line.stop:
            lines[number - 1].append(Coloured(start - line.start, end - line.start, tone))
        else:
            for at, piece in _pieces(source, token, start - line.start, tone):
                lines[number - 1 + at].append(piece)
    return {number: tuple(pieces) for number, pieces in lines.items()}


def _tone(token: Token, known: Dialect, begins: frozenset[int]) -> Tone | None:
    if token.kind in known.written:
        return "declares" if token.span.start in begins else "keyword"
    return _KINDS.get(token.kind)


def _pieces(
    source: Source, token: Token, column: int, tone: Tone
) -> Iterator[tuple[int, Coloured]]:
    """A keyword of several words may go on in the next line: its parts, by the lines after the first."""
    for number, part in enumerate(source.original[token.span.start : token.span.end].split("\n")):
        start = 0 if number else column
        if part:
            yield number, Coloured(start, start + len(part), tone)
