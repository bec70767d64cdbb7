"""The words and signs that may be put into a statement to see whether it can then be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dsl.dialects import Dialect
from dsl.parser.lexemes import WORD, Lexeme, scan

_SIGNS = {"COMMA": ",", "RB": "]", "RP": ")", "RANGE": "..", "EQ": "=", "PIPE": "|"}
_ORDER = {"LT": "<", "LE": "<=", "GT": ">", "GE": ">="}
_TOUCHING = frozenset(("COMMA", "RB", "RP", "DOT", "RANGE"))
_OPENING = frozenset(("LB", "LP", "DOT", "RANGE"))
_KINDS = {sign: kind for kind, sign in _SIGNS.items()}


def insertable(kinds: Iterable[str], dialect: Dialect) -> list[str]:
    """The texts of terminals that have only one: signs first, then keywords."""
    ordered = sorted(kinds)
    words = [dialect.written[kind] for kind in ordered if kind in dialect.written]
    return [*(_SIGNS[kind] for kind in ordered if kind in _SIGNS), *words]


def lexemes_of(terminal: str, dialect: Dialect, place: Lexeme) -> list[Lexeme]:
    """A sign or the words of a keyword, as if they stood at the place of a lexeme."""
    sign = (_SIGNS | _ORDER).get(terminal)
    if sign is not None:
        return [place._replace(kind=terminal, text=sign)]
    words = scan(dialect.written[terminal])
    return [place._replace(kind=word.kind, text=word.text) for word in words]


def with_sign(lexemes: list[Lexeme], sign: str, place: tuple[int, int]) -> list[Lexeme]:
    """The lexemes with a sign or the words of a keyword before one of them.

    Args:
        lexemes: those of a statement.
        sign: a text that `insertable` gave.
        place: the position among the lexemes, and the offset in the text.
    """
    before, offset = place
    extra = [Lexeme(_KINDS.get(part, WORD), part, offset, offset) for part in sign.split()]
    return [*lexemes[:before], *extra, *lexemes[before:]]


def written(lexemes: Sequence[Lexeme]) -> str:
    """The lexemes as a line has them, wherever they came from."""
    text = ""
    for at, lexeme in enumerate(lexemes):
        touches = at == 0 or lexeme.kind in _TOUCHING or lexemes[at - 1].kind in _OPENING
        text += lexeme.text if touches else f" {lexeme.text}"
    return text


def begun(lexemes: Sequence[Lexeme], dialect: Dialect) -> frozenset[str]:
    """The keywords that the first words may be."""
    words = tuple(lexeme.text for lexeme in lexemes)
    return frozenset(
        terminal
        for spelling in dialect.spellings.get(words[0], ())
        if words[: len(spelling.words)] == spelling.words
        for terminal in spelling.terminals
    )


def joins(word: Lexeme, known: Dialect) -> bool:
    """True if people put the word or sign between the names of a list."""
    listed = ((word.text,), "COMMA") in known.instead or word.text == known.written["AND"]
    return word.kind == "COMMA" or listed or known.either(word.text)
