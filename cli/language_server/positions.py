"""Places of the protocol, a line and a column in code units, and offsets in code points."""

from __future__ import annotations

import re
from bisect import bisect_right

from lsprotocol import types

from dsl.source import Span

_BREAK = re.compile(r"\r\n|\n|\r")
"""What ends a line for an editor; what Unicode knows beside these does not."""
_BYTES = {
    types.PositionEncodingKind.Utf8: ("utf-8", 1),
    types.PositionEncodingKind.Utf16: ("utf-16-le", 2),
    types.PositionEncodingKind.Utf32: ("utf-32-le", 4),
}


class Positions:
    """The lines of one text.

    Args:
        text: the text.
        encoding: what the editor counts columns in.
    """

    def __init__(self, text: str, encoding: types.PositionEncodingKind | str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        self._codec, self._width = _BYTES[types.PositionEncodingKind(encoding)]

    def offset(self, position: types.Position) -> int:
        """The offset of a place; past the end of a line or of the text, that end."""
        if position.line >= len(self._starts):
            return len(self._text)
        start = self._starts[position.line]
        column = 0
        for at, char in enumerate(self._line(position.line)):
            if column >= position.character:
                return start + at
            column += self._units(char)
        return start + len(self._line(position.line))

    def position(self, offset: int) -> types.Position:
        """The place of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return types.Position(line, self._units(self._text[self._starts[line] : offset]))

    def range(self, span: Span) -> types.Range:
        """The places of a span."""
        return types.Range(self.position(span.start), self.position(span.end))

    def length(self, span: Span) -> int:
        """The length of a span within one line, in code units."""
        return self._units(self._text[span.start : span.end])

    def end(self) -> types.Position:
        """The end of the text."""
        return self.position(len(self._text))

    def lines(self, span: Span) -> list[Span]:
        """A span as one for each of its lines, without their ends."""
        first, last = (bisect_right(self._starts, at) - 1 for at in span)
        found: list[Span] = []
        for line in range(first, last + 1):
            start = self._starts[line]
            end = start + len(self._line(line))
            found.append(Span(max(span.start, start), min(span.end, end)))
        return [each for each in found if each.start < each.end]

    def _line(self, number: int) -> str:
        following = self._starts[number + 1 : number + 2]
        return self._text[self._starts[number] : following[0] if following else None].rstrip("\r\n")

    def _units(self, text: str) -> int:
        return len(text.encode(self._codec, "surrogatepass")) // self._width
