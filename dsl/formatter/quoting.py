"""Back quotes around names, only where a name would be read as something else without them.

What a line means is asked of the parser: a name that could be a keyword loses its back quotes where
the line then still reads the same.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise, zip_longest

from msgspec import Struct

from dsl import nodes
from dsl.dialects import Dialect, DialectName, dialect
from dsl.formatter.pieces import CONTINUED, INDENT, Line
from dsl.parser import Reader
from dsl.source import cells, of_text

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
        self._reader = Reader()

    def spell(self, lines: list[Line]) -> list[list[str]]:
        """The text of each line of a declaration; one that is broken behind a comma is several."""
        first, *rest = lines
        rulebook = self._dialect.written["RULEBOOK"]
        before = "" if first.pieces[0].text == rulebook else f'{rulebook} x "x"\n'
        safe = _spelt(first, _certain(first) | self._doubtful(first))
        head = f"{before}{_joined(safe, 0)}\n"
        quoted = [self._quoted(first, before), *(self._quoted(line, head) for line in rest)]
        return _aligned(lines, quoted)

    def _quoted(self, line: Line, before: str) -> frozenset[int]:
        """The names that need back quotes."""
        certain, doubtful = _certain(line), self._doubtful(line)
        if not doubtful:
            return certain
        kept = certain | doubtful
        wanted = self._read(before, line.depth, _spelt(line, kept))
        if self._read(before, line.depth, _spelt(line, certain)) == wanted:
            return certain
        for at in sorted(doubtful):
            if self._read(before, line.depth, _spelt(line, kept - {at})) == wanted:
                kept -= {at}
        return kept

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

    def _read(self, before: str, depth: int, line: list[str]) -> tuple[object, ...]:
        """What a line means behind the first one of its declaration, and its problems."""
        parsed = self._reader.parsed(of_text("", f"{before}{_joined(line, depth)}\n"))
        codes = tuple(found.code for found in parsed.diagnostics)
        if parsed.rulebook is None:
            return codes
        rulebook = parsed.rulebook
        declared = (
            *(part.declaration for part in rulebook.parts),
            *(part.tailoring for part in rulebook.tailoring),
        )
        return (codes, _meaning(rulebook.header), *map(_meaning, declared))


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


def _spelt(line: Line, quoted: frozenset[int], part: range | None = None) -> list[str]:
    """The rows of a line, or of a part of its pieces."""
    found: list[str] = []
    for at in range(len(line.pieces)) if part is None else part:
        piece = line.pieces[at]
        text = f"`{piece.text or ' '}`" if at in quoted else piece.text
        if not found or piece.row is not None:
            found.append(text)
        else:
            found[-1] += text if piece.tight else f" {text}"
    return found


def _aligned(lines: list[Line], quoted: list[frozenset[int]]) -> list[list[str]]:
    """The text of each line; the cells of all rows of a table are as wide as their column."""
    rows = {at: _cells(line, quoted[at]) for at, line in enumerate(lines) if line.pieces[0].bar}
    widths = [max(map(cells, column)) for column in zip_longest(*rows.values(), fillvalue="")]
    return [
        [_barred(rows[at], widths)] if at in rows else _spelt(line, quoted[at])
        for at, line in enumerate(lines)
    ]


def _cells(line: Line, quoted: frozenset[int]) -> list[str]:
    """What stands between the bars of a row."""
    bars = [at for at, piece in enumerate(line.pieces) if piece.bar]
    return ["".join(_spelt(line, quoted, range(one + 1, other))) for one, other in pairwise(bars)]


def _barred(texts: list[str], widths: list[int]) -> str:
    padded = (
        text + " " * (width - cells(text)) for text, width in zip(texts, widths, strict=False)
    )
    return f"| {' | '.join(padded)} |"


def _joined(line: list[str], depth: int) -> str:
    return INDENT * depth + f"\n{INDENT * (depth + CONTINUED)}".join(line)


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
