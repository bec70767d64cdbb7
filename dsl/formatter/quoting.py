"""Back quotes around names, only where a name would be read as something else without them.

What a line means is asked of the parser: a name that could be a keyword loses its back quotes where
the line then still reads the same.
"""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

from dsl import nodes
from dsl.dialects import Dialect, DialectName, dialect
from dsl.formatter.pieces import CONTINUED, INDENT, Line
from dsl.parser import parse
from dsl.source import of_text

_PLAIN = re.compile(r"[^\W\d][\w\u0300-\u036f]*+")
_HAN_THEN_DIGIT = re.compile(r"([\u3400-\u9fff\uf900-\ufaff]+)[0-9]")
_APART = ("span", "start")


class Speller:
    """Spells the lines of one text.

    Args:
        known: the words of the dialect in which it is printed.
    """

    def __init__(self, known: Dialect) -> None:
        self._dialect = known

    def spell(self, lines: list[Line]) -> list[list[str]]:
        """The text of each line of a declaration; one that is broken behind a comma is several."""
        first, *rest = lines
        rulebook = self._dialect.written["RULEBOOK"]
        before = "" if first.pieces[0].text == rulebook else f'{rulebook} x "x"\n'
        safe = _spelt(first, _certain(first) | self._doubtful(first))
        head = f"{before}{_joined(safe, 0)}\n"
        return [self._line(first, before), *(self._line(line, head) for line in rest)]

    def _line(self, line: Line, before: str) -> list[str]:
        certain, doubtful = _certain(line), self._doubtful(line)
        bare = _spelt(line, certain)
        if not doubtful:
            return bare
        kept = certain | doubtful
        wanted = _read(before, line.depth, _spelt(line, kept))
        if _read(before, line.depth, bare) == wanted:
            return bare
        for at in sorted(doubtful):
            if _read(before, line.depth, _spelt(line, kept - {at})) == wanted:
                kept -= {at}
        return _spelt(line, kept)

    def _doubtful(self, line: Line) -> frozenset[int]:
        """The names that are words of keywords, or begin a line as a declaration would."""
        return frozenset(
            at
            for at, piece in enumerate(line.pieces)
            if piece.is_name and (at == 0 or piece.row is not None or self._is_word(piece.text))
        )

    def _is_word(self, name: str) -> bool:
        words = _keywords(self._dialect.name)
        split = _HAN_THEN_DIGIT.match(name)
        return name in words or (split is not None and split[1] in words)


def _certain(line: Line) -> frozenset[int]:
    """The names that cannot be written without back quotes."""
    return frozenset(
        at
        for at, piece in enumerate(line.pieces)
        if piece.is_name and (piece.sure or not _PLAIN.fullmatch(piece.text))
    )


@cache
def _keywords(name: DialectName) -> frozenset[str]:
    """Every word of every keyword of a dialect."""
    spellings = dialect(name).spellings.values()
    return frozenset(
        word for choices in spellings for spelling in choices for word in spelling.words
    )


def _spelt(line: Line, quoted: frozenset[int]) -> list[str]:
    found: list[str] = []
    for at, piece in enumerate(line.pieces):
        text = f"`{piece.text or ' '}`" if at in quoted else piece.text
        if at == 0 or piece.row is not None:
            found.append(text)
        else:
            found[-1] += text if piece.tight else f" {text}"
    return found


def _joined(line: list[str], depth: int) -> str:
    return INDENT * depth + f"\n{INDENT * (depth + CONTINUED)}".join(line)


def _read(before: str, depth: int, line: list[str]) -> tuple[object, ...]:
    """What a line means behind the first one of its declaration, and its problems."""
    parsed = parse(of_text("", f"{before}{_joined(line, depth)}\n"))
    codes = tuple(found.code for found in parsed.diagnostics)
    if parsed.rulebook is None:
        return codes
    declared = (part.declaration for part in parsed.rulebook.parts)
    return (codes, _meaning(parsed.rulebook.header), *map(_meaning, declared))


def _meaning(value: object) -> object:
    """A value without the places of its nodes."""
    if isinstance(value, nodes.Name):
        return value.text
    if isinstance(value, Struct):
        kept = (field for field in value.__struct_fields__ if field not in _APART)
        return (type(value), *(_meaning(getattr(value, field)) for field in kept))
    if isinstance(value, tuple):
        return tuple(_meaning(part) for part in value)
    return value
