"""Raw lexemes: what can be told apart without knowing the dialect or the place in the grammar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dsl.parser.folding import folded
from dsl.source import QUOTED

WORD, QUOTED_NAME, TEXT, COMMENT, NEWLINE = "WORD", "QUOTED_NAME", "TEXT", "COMMENT", "NEWLINE"
UNCLOSED, STRAY = "UNCLOSED", "STRAY"
MAX_LEXEMES = 5000
"""A statement has no more words and signs."""
SYMBOLS = {
    ",": "COMMA", "..": "RANGE", ".": "DOT", "[": "LB", "]": "RB", "(": "LP", ")": "RP",
    "=": "EQ", "!=": "NE", "≠": "NE", "<": "LT", "<=": "LE", "≤": "LE", ">": "GT", ">=": "GE",
    "≥": "GE", "|": "PIPE", "+": "PLUS", "-": "MINUS", "*": "STAR", "×": "STAR", "/": "SLASH", "÷": "SLASH",
}  # fmt: skip
_LEXEME = re.compile(
    rf"""
    (?P<NEWLINE>\n|\r(?!\n))
    |(?P<SPACE>[^\S\n]+)
    |(?P<COMMENT>[#＃][^\n]*+)
    |(?P<TEXT>{QUOTED.replace("#", "[#]")})
    |(?P<QUOTED_NAME>`[^`\n]++`)
    |(?P<UNCLOSED>["“”「＂][^\n]*+|`(?=\w)[^\n]*+)
    |(?P<DATE>[0-9]{{4}}-[0-9]{{1,2}}-[0-9]{{1,2}}(?![0-9]))
    |(?P<TIME>[0-9]{{1,2}}:[0-9]{{2}}(?![0-9]))
    |(?P<VERSION_NUMBER>[0-9]+\.[0-9]+\.[0-9]+)
    |(?P<PERCENT>[0-9]+(?:\.[0-9]+)?%)
    |(?P<FRACTION>[0-9]+\.[0-9]+)
    |(?P<NUMBER>[0-9]+)
    |(?P<WORD>[^\W\d][\w\u0300-\u036f]*+)
    |(?P<SYMBOL>\.\.|<=|>=|!=|[][,.()=<>+\-*/≠≤≥×÷|])
    |(?P<STRAY>[\s\S])
    """,
    re.VERBOSE,
)

NAME = re.compile(r"`[\w\u0300-\u036f -]+`")
"""What names are made of. Ids of tasks and places are put together of names and of other signs."""


class Lexeme(NamedTuple):
    """A piece of text; `start` and `end` are offsets in the original text of line or part."""

    kind: str
    text: str
    start: int
    end: int

    def shift(self, by: int) -> Lexeme:
        """The same lexeme, seen from a text that begins `by` code points earlier."""
        return Lexeme(self.kind, self.text, self.start + by, self.end + by)


class Row(NamedTuple):
    """What stands in one line: its words (names, signs and texts too), and its comment, if any."""

    words: tuple[Lexeme, ...]
    comments: tuple[Lexeme, ...]


def rows(line: str) -> tuple[Row, ...]:
    """The rows of a line, none if it is empty; several where a lone carriage return parts them.

    Of more words than a statement may have the first are told apart, the others of the line are not.

    Args:
        line: with its line break; the lexemes are relative to its begin.
    """
    found: list[Row] = []
    words: list[Lexeme] = []
    for lexeme in scan(line):
        if len(words) > MAX_LEXEMES:
            break
        if lexeme.kind in (COMMENT, NEWLINE):
            comments = (lexeme,) if lexeme.kind == COMMENT else ()
            if words or comments:
                found.append(Row(tuple(words), comments))
            words = []
        else:
            words.append(lexeme)
    if words:
        found.append(Row(tuple(words), ()))
    return tuple(found)


def scan(original: str) -> Iterator[Lexeme]:
    """All lexemes of a text in order, comments and line ends too, spaces not."""
    text, places = folded(original)
    for found in _LEXEME.finditer(text):
        kind = found.lastgroup or STRAY
        if kind == "SPACE":
            continue
        if kind == "SYMBOL":
            kind = SYMBOLS[found[0]]
        start, end = found.span()
        if places is not None:
            start, end = places[start], places[end]
        yield Lexeme(kind, found[0], start, end)


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


def spaced(lexemes: Sequence[Lexeme]) -> str:
    """The lexemes as they stand, each space as one."""
    text = ""
    for at, lexeme in enumerate(lexemes):
        apart = at > 0 and lexeme.start > lexemes[at - 1].end
        text += f" {lexeme.text}" if apart else lexeme.text
    return text


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
