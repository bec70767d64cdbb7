"""A text as it was given, its spans, and where an offset stands on the screen."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from wcwidth import wcwidth

TAB_CELLS = 4
MAX_BYTES = 2 * 1024 * 1024
MAX_BIDI = 20
"""Of the bidirectional control characters of a text so many are reported."""

QUOTED = (
    r'"(?:[^"\\\n]|\\["\\]|\\)*+"'
    r"|“[^”\n]*+”|”[^”\n]*+”|「[^」\n]*+」|＂[^＂\n]*+＂"
    r"|[“”「＂\"][^“”「」＂\"\n]*+[“”」＂\"]"
)
"""A text in quotes: closed as it was opened, else by any other quote of the line."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Span(NamedTuple):
    """A piece of a text: half-open, in code points of the original text."""

    start: int
    end: int

    def shift(self, by: int) -> Span:
        """The same piece, seen from a text that begins `by` code points earlier."""
        return Span(self.start + by, self.end + by)

    def holds(self, offset: int) -> bool:
        """True if a place is in the piece; its end is not."""
        return self.start <= offset < self.end

    def to(self, other: Span) -> Span:
        """The piece from the begin of this span to the end of the other."""
        return Span(self.start, other.end)


class Position(NamedTuple):
    """A place for people: 1-based line and column, in code points."""

    line: int
    column: int


class Problem(NamedTuple):
    """Something wrong with a text as such: a diagnostic code, the place, what fills the message."""

    code: str
    span: Span
    values: dict[str, str | int]


_LINE_BREAK = re.compile(r"\n|\r(?!\n)")


class Source(Struct, frozen=True, dict=True):
    """One text with its name, as it was given.

    With `problems` that leave nothing to read, it is not `readable`; `original` is then what can be
    shown of it.
    """

    name: str
    original: str
    problems: tuple[Problem, ...] = ()
    readable: bool = True

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

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_BREAK.finditer(self.original))]


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


def of_bytes(name: str, data: bytes) -> Source:
    """A source from the bytes of a file: UTF-8, with or without a byte order mark.

    What cannot be decoded is shown with replacement characters and has a problem: `E001` not
    UTF-8, `E002` it looks like GB18030, `E003` it looks like UTF-16, `E005` too large.
    """
    if len(data) > MAX_BYTES:
        values: dict[str, str | int] = {"limit": MAX_BYTES}
        return _unreadable(name, "", Problem("E005", Span(0, 0), values))
    if data.startswith(_UTF16_MARKS) or data.count(b"\0") > len(data) // 4:
        return _undecodable(name, data, max(data.find(b"\0"), 0), "E003")
    try:
        return of_text(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        code = "E002" if _looks_like_gb18030(data) else "E001"
        return _undecodable(name, data, error.start, code)


def of_text(name: str, text: str) -> Source:
    """A source from a text: problems found (`E004` NUL, `E005` size, `E006` bidi)."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    if len(text.encode("utf-8")) > MAX_BYTES:
        values: dict[str, str | int] = {"limit": MAX_BYTES}
        return _unreadable(name, "", Problem("E005", Span(0, 0), values))
    nul = text.find("\0")
    if nul >= 0:
        return _unreadable(name, text, Problem("E004", Span(nul, nul + 1), {}))
    marks = [
        Problem("E006", Span(*found.span()), {"code_point": f"U+{ord(found[0]):04X}"})
        for found in _BIDI.finditer(text)
    ]
    return Source(name, text, tuple(marks[:MAX_BIDI]))


def _unreadable(name: str, shown: str, problem: Problem) -> Source:
    return Source(name, shown, (problem,), readable=False)


def _undecodable(name: str, data: bytes, offset: int, code: str) -> Source:
    shown = data.decode("utf-8", "replace")
    at = min(len(data[:offset].decode("utf-8", "replace")), len(shown))
    values: dict[str, str | int] = {"byte": f"0x{data[offset]:02X}", "offset": offset}
    return _unreadable(name, shown, Problem(code, Span(at, at + 1), values))


def _looks_like_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)
