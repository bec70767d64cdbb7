"""Raw lexemes: what can be told apart without knowing the dialect or the place in the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dsl.source import QUOTED, Source

WORD, QUOTED_NAME, TEXT, COMMENT, NEWLINE = "WORD", "QUOTED_NAME", "TEXT", "COMMENT", "NEWLINE"
UNCLOSED, STRAY = "UNCLOSED", "STRAY"
SYMBOLS = {
    ",": "COMMA", "..": "RANGE", ".": "DOT", "[": "LB", "]": "RB", "(": "LP", ")": "RP",
    "=": "EQ", "!=": "NE", "≠": "NE", "<": "LT", "<=": "LE", "≤": "LE", ">": "GT", ">=": "GE",
    "≥": "GE", "+": "PLUS", "-": "MINUS", "*": "STAR", "×": "STAR", "/": "SLASH", "÷": "SLASH",
}  # fmt: skip
_LEXEME = re.compile(
    rf"""
    (?P<NEWLINE>\n|\r(?!\n))
    |(?P<SPACE>[^\S\n]+)
    |(?P<COMMENT>[#＃][^\n]*+)
    |(?P<TEXT>{QUOTED.replace("#", "[#]")})
    |(?P<UNCLOSED>["“”「＂][^\n]*+)
    |(?P<QUOTED_NAME>`[^`\n]++`)
    |(?P<DATE>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9]))
    |(?P<TIME>[0-9]{{1,2}}:[0-9]{{2}}(?![0-9]))
    |(?P<VERSION_NUMBER>[0-9]+\.[0-9]+\.[0-9]+)
    |(?P<PERCENT>[0-9]+(?:\.[0-9]+)?%)
    |(?P<FRACTION>[0-9]+\.[0-9]+)
    |(?P<NUMBER>[0-9]+)
    |(?P<WORD>[^\W\d][\w\u0300-\u036f]*+)
    |(?P<SYMBOL>\.\.|<=|>=|!=|[][,.()=<>+\-*/≠≤≥×÷])
    |(?P<STRAY>[\s\S])
    """,
    re.VERBOSE,
)


class Lexeme(NamedTuple):
    """A piece of text; `start` and `end` are offsets in the original text."""

    kind: str
    text: str
    start: int
    end: int


def scan(source: Source) -> Iterator[Lexeme]:
    """All lexemes of a source in order, comments and line ends too, spaces not."""
    place = source.place
    for found in _LEXEME.finditer(source.text):
        kind = found.lastgroup or STRAY
        if kind == "SPACE":
            continue
        text = found[0]
        if kind == "SYMBOL":
            kind = SYMBOLS[text]
        yield Lexeme(kind, text, place(found.start()), place(found.end()))


def lines(lexemes: Iterator[Lexeme]) -> Iterator[list[Lexeme]]:
    """The lexemes line by line, without line ends; empty lines are left out."""
    line: list[Lexeme] = []
    for lexeme in lexemes:
        if lexeme.kind != NEWLINE:
            line.append(lexeme)
        elif line:
            yield line
            line = []
    if line:
        yield line


def statements(physical: Sequence[Sequence[Lexeme]]) -> list[list[Lexeme]]:
    """Joins lines to statements: after a comma and inside brackets a statement goes on.

    A bracket that nothing closes joins nothing, so that its line alone is at fault.
    """
    joined, depth = _join(physical, brackets=True)
    return joined if depth <= 0 else _join(physical, brackets=False)[0]


def _join(
    physical: Sequence[Sequence[Lexeme]], *, brackets: bool
) -> tuple[list[list[Lexeme]], int]:
    joined: list[list[Lexeme]] = []
    goes_on = False
    depth = 0
    for line in physical:
        if goes_on or depth > 0:
            joined[-1].extend(line)
        else:
            joined.append(list(line))
        goes_on = bool(line) and line[-1].kind == "COMMA"
        if brackets:
            depth = max(depth + _opened(line), 0)
    return joined, depth


def _opened(line: Sequence[Lexeme]) -> int:
    kinds = [lexeme.kind for lexeme in line]
    return kinds.count("LP") + kinds.count("LB") - kinds.count("RP") - kinds.count("RB")


def unquoted(text: str) -> str:
    """The characters of a quoted text, without its quotes and escapes."""
    inner = text[1:-1]
    return re.sub(r'\\(["\\])', r"\1", inner) if text[0] == '"' else inner


def pieces(lexeme: Lexeme, at: int) -> list[Lexeme]:
    """The lexemes in the rest of a lexeme: the `15天` of `前15天`."""
    start = lexeme.start + at
    return [
        Lexeme(
            SYMBOLS.get(found[0], found.lastgroup or STRAY),
            found[0],
            start + found.start(),
            start + found.end(),
        )
        for found in _LEXEME.finditer(lexeme.text[at:])
        if found.lastgroup not in ("SPACE", COMMENT)
    ]
