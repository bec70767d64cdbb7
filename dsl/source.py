"""A text as it was given, its spans, and where an offset stands on the screen."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from wcwidth import wcwidth

TAB_CELLS = 4


class Span(NamedTuple):
    """A piece of a text: half-open, in code points of the original text."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """The same piece, seen from a text that begins `by` code points earlier."""
        return Span(self.start + by, self.end + by)

    def to(self, other: Span) -> Span:
        """The piece from the begin of this span to the end of the other."""
        return Span(self.start, other.end)


class Position(NamedTuple):
    """A place for people: 1-based line and column, in code points."""

    line: int
    column: int


class Source(Struct, frozen=True, dict=True):
    """One text with its name.

    `text` is the folded form that the parser reads; `offsets[i]` is the place in `original` of
    the code point `text[i]`, with one entry more for the end. None: both forms have the same
    length, so places are equal.
    """

    name: str
    original: str
    text: str
    offsets: tuple[int, ...] | None = None

    def place(self, offset: int) -> int:
        """The offset in the original text of an offset in the folded text."""
        return offset if self.offsets is None else self.offsets[offset]

    def position(self, offset: int) -> Position:
        """Line and column of an offset in the original text; past the end, the end."""
        offset = min(max(offset, 0), len(self.original))
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """The text of a line (1-based), without its line break."""
        starts = self._line_starts
        end = starts[number] if number < len(starts) else len(self.original)
        return self.original[starts[number - 1] : end].rstrip("\r\n")

    def line_start(self, number: int) -> int:
        """The offset of the first code point of a line (1-based)."""
        return self._line_starts[number - 1]

    def utf16_column(self, offset: int) -> int:
        """0-based column in UTF-16 code units, as editors count."""
        position = self.position(offset)
        before = self.line(position.line)[: position.column - 1]
        return len(before.encode("utf-16-le", "surrogatepass")) // 2

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(i + 1 for i, char in enumerate(self.original) if char == "\n")]


def cells(text: str, start: int = 0) -> int:
    """The width of a text on the screen in cells; a tab ends at the next multiple of four.

    Args:
        text: one line or a part of it.
        start: the cell in which it begins.
    """
    width = start
    for char in text:
        width += TAB_CELLS - width % TAB_CELLS if char == "\t" else max(wcwidth(char), 0)
    return width - start
