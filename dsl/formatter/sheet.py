"""What the nodes of a text do not keep: its rows, its empty rows, and its comments."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from dsl.parser.lexemes import COMMENT, NEWLINE, Lexeme, scan
from dsl.source import Source


class Remark(NamedTuple):
    """A comment.

    Attributes:
        text: with its `#`, without spaces behind it.
        row: counted from 0.
        column: code points before it in its row.
        beside: words stand before it in its row.
        spaced: the row before it is empty.
    """

    text: str
    row: int
    column: int
    beside: bool
    spaced: bool


class Sheet:
    """The rows of a text. Rows and offsets count from 0; offsets are of the original text."""

    def __init__(self, source: Source) -> None:
        self._starts = [0]
        self._filled: set[int] = set()
        found: list[tuple[Lexeme, bool]] = []
        for lexeme in scan(source.original):
            if lexeme.kind == NEWLINE:
                self._starts.append(lexeme.end)
                continue
            row = len(self._starts) - 1
            if lexeme.kind == COMMENT:
                found.append((lexeme, row in self._filled))
            self._filled.add(row)
        self.remarks = tuple(self._remark(lexeme, beside) for lexeme, beside in found)

    def row(self, offset: int) -> int:
        """The row in which an offset stands."""
        return bisect_right(self._starts, offset) - 1

    def column(self, offset: int) -> int:
        """How many code points stand before an offset in its row."""
        return offset - self._starts[self.row(offset)]

    def is_spaced(self, row: int) -> bool:
        """True if the row before is empty."""
        return row > 0 and row - 1 not in self._filled

    def _remark(self, lexeme: Lexeme, beside: bool) -> Remark:  # noqa: FBT001 (a field's value)
        row = self.row(lexeme.start)
        text = f"#{lexeme.text[1:].rstrip()}"
        return Remark(text, row, self.column(lexeme.start), beside, self.is_spaced(row))
