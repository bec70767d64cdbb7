"""Plain signs: the lines and typographic signs that screens are drawn with, in ASCII.

A sign of the drawing stands for exactly one cell, so each has a plain one of one cell.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter
from typing_extensions import override

from engine.graph.labels import BLOCKS

TYPOGRAPHY = str.maketrans("…⋯·•×—–“”‘’→←↑↓↵✉▲✖✔", "~~.*x--\"\"''><^v<@^!+")
"""What stands in texts; only where each takes one cell."""
KEYS: Mapping[str, str] = {"↵": "Enter", "␣": "Space", "⇥": "Tab", "⇤": "Shift+Tab"} | dict(
    zip("↑↓←→", ("Up", "Down", "Left", "Right"), strict=True)
)
"""Keys that are told by a sign where there is one."""


def plain_key(keys: str) -> str:
    """Keys as they are told without signs."""
    return " ".join(KEYS.get(key, key) for key in keys.split(" "))


def _plain_line(character: str) -> str:
    words = unicodedata.name(character).split()
    upright = not {"VERTICAL", "UP", "DOWN"}.isdisjoint(words)
    level = not {"HORIZONTAL", "LEFT", "RIGHT"}.isdisjoint(words)
    if "BOX" not in words:
        return "#"
    return "+" if upright and level else "|" if upright else "-"


LINES = str.maketrans({character: _plain_line(character) for character in map(chr, BLOCKS)})
"""Box-drawing characters and blocks, which textual draws borders and scrollbars with."""


class Plain(LineFilter):
    """Draws every line of the screen with plain signs.

    Args:
        table: from each sign to its plain one, as `str.translate` takes it.
    """

    def __init__(self, table: Mapping[int, str | int]) -> None:
        super().__init__()
        self._table = dict(table)

    @override
    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The same cells, drawn plainly."""
        del background
        return [
            segment
            if segment.text.isascii()
            else Segment(segment.text.translate(self._table), segment.style, segment.control)
            for segment in segments
        ]


def plain_filters(*, one_cell: bool) -> Sequence[LineFilter]:
    """What draws plainly; typographic signs too where each of them takes one cell."""
    return [Plain(LINES), Plain(TYPOGRAPHY)] if one_cell else [Plain(LINES)]
