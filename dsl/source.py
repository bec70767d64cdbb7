"""A text as it was given, its spans, and where an offset stands on the screen."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
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
_KEPT = re.compile(rf"{QUOTED}|[\"“”「＂][^\n]*+|[#＃][^\n]*+")
_CLUSTER = re.compile(
    r"[\s\S][\u0300-\u036f\u0591-\u05bd\u064b-\u0655\u093c\u09be-\u09d7\u0b3e-\u0b57"
    r"\u0bbe-\u0bd7\u0cc2-\u0cd6\u0d3e-\u0d57\u1161-\u1175\u11a8-\u11c2\u1dc0-\u1dff"
    r"\u3099\u309a]*+"
)
"""A code point with the marks and Hangul vowels and finals that may compose with it."""
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("\u3000"): " ",
    ord("\ufeff"): " ",
    ord("、"): ",",
    ord("【"): "[",
    ord("】"): "]",
}
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


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


class Problem(NamedTuple):
    """Something wrong with a text as such: a diagnostic code, the place, what fills the message."""

    code: str
    span: Span
    values: dict[str, str | int]


class Source(Struct, frozen=True, dict=True):
    """One text with its name.

    `text` is the folded form that the parser reads; `offsets[i]` is the place in `original` of
    the code point `text[i]`, with one entry more for the end. None: both forms have the same
    length, so places are equal. With `problems` that leave nothing to read, `text` is empty.
    """

    name: str
    original: str
    text: str
    offsets: tuple[int, ...] | None = None
    problems: tuple[Problem, ...] = ()

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


def of_bytes(name: str, data: bytes) -> Source:
    """A source from the bytes of a file: UTF-8, with or without a byte order mark.

    What cannot be decoded is shown with replacement characters and has a problem: `E001` not
    UTF-8, `E002` it looks like GB18030, `E003` it looks like UTF-16, `E005` too large.
    """
    if len(data) > MAX_BYTES:
        values: dict[str, str | int] = {"bytes": len(data), "limit": MAX_BYTES}
        return Source(name, "", "", problems=(Problem("E005", Span(0, 0), values),))
    if data.startswith(_UTF16_MARKS) or data.count(b"\0") > len(data) // 4:
        return _undecodable(name, data, max(data.find(b"\0"), 0), "E003")
    try:
        return of_text(name, data.decode("utf-8"))
    except UnicodeDecodeError as error:
        code = "E002" if _looks_like_gb18030(data) else "E001"
        return _undecodable(name, data, error.start, code)


def of_text(name: str, text: str) -> Source:
    """A source from a text: problems found (`E004` NUL, `E005` size, `E006` bidi), text folded."""
    text = text.encode("utf-8", "replace").decode("utf-8")
    size = len(text.encode("utf-8"))
    if size > MAX_BYTES:
        values: dict[str, str | int] = {"bytes": size, "limit": MAX_BYTES}
        return Source(name, "", "", problems=(Problem("E005", Span(0, 0), values),))
    nul = text.find("\0")
    if nul >= 0:
        return Source(name, text, "", problems=(Problem("E004", Span(nul, nul + 1), {}),))
    marks = [
        Problem("E006", Span(*found.span()), {"code_point": f"U+{ord(found[0]):04X}"})
        for found in _BIDI.finditer(text)
    ]
    folded, offsets = _fold(text)
    return Source(name, text, folded, offsets, tuple(marks[:MAX_BIDI]))


def _undecodable(name: str, data: bytes, offset: int, code: str) -> Source:
    shown = data.decode("utf-8", "replace")
    at = min(len(data[:offset].decode("utf-8", "replace")), len(shown))
    values: dict[str, str | int] = {"byte": f"0x{data[offset]:02X}", "offset": offset}
    return Source(name, shown, "", problems=(Problem(code, Span(at, at + 1), values),))


def _looks_like_gb18030(data: bytes) -> bool:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _fold(text: str) -> tuple[str, tuple[int, ...] | None]:
    """Full-width forms to ASCII and NFC, outside quoted texts and comments."""
    if text.isascii():
        return text, None
    pieces: list[str] = []
    offsets: list[int] | None = None if unicodedata.is_normalized("NFC", text) else []
    for start, end, kept in _pieces(text):
        piece = text[start:end]
        if kept:
            places: range | list[int] = range(start, end)
        elif offsets is None:
            piece, places = piece.translate(_FOLDED), range(start, end)
        else:
            piece, places = _compose(piece.translate(_FOLDED), start)
        pieces.append(piece)
        if offsets is not None:
            offsets.extend(places)
    return "".join(pieces), None if offsets is None else (*offsets, len(text))


def _pieces(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether the piece keeps its characters."""
    end = 0
    for found in _KEPT.finditer(text):
        yield end, found.start(), False
        yield found.start(), found.end(), True
        end = found.end()
    yield end, len(text), False


def _compose(piece: str, start: int) -> tuple[str, list[int]]:
    """A piece in NFC, cluster by cluster, with the place in the original of each code point."""
    composed: list[str] = []
    places: list[int] = []
    for found in _CLUSTER.finditer(piece):
        cluster = unicodedata.normalize("NFC", found[0])
        composed.append(cluster)
        places.extend([start + found.start()] * len(cluster))
    return "".join(composed), places
