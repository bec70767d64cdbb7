"""Folds what keyboards and fonts write in several ways to the one form that the parser reads."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dsl.source import QUOTED

_KEPT = re.compile(rf"{QUOTED}|[\"“”「＂][^\n]*+|[#＃][^\n]*+")
_CLUSTER = re.compile(
    r"[\s\S][\u0300-\u036f\u0591-\u05bd\u064b-\u0655\u093c\u09be-\u09d7\u0b3e-\u0b57"
    r"\u0bbe-\u0bd7\u0cc2-\u0cd6\u0d3e-\u0d57\u1161-\u1175\u11a8-\u11c2\u1dc0-\u1dff"
    r"\u3099\u309a]*+"
)
"""A code point with the marks and Hangul vowels and finals that may compose with it."""
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    ord("\u3000"): " ",
    ord("\ufeff"): " ",
    ord("、"): ",",
    ord("【"): "[",
    ord("】"): "]",
}


def folded(text: str) -> tuple[str, tuple[int, ...] | None]:
    """The text in NFC and with ASCII for full-width forms, outside quoted texts and comments.

    Returns:
        The folded text, and for each of its code points the place in the original, with one entry
        more for the end. None: both forms have the same length, so places are equal.
    """
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
