"""How wide this terminal draws signs of ambiguous width: one cell, or two as some in East Asia do.

Textual measures by rich, drawings by wcwidth; both are told. Lines and blocks are left out: where such signs
are wide, none of them is drawn (`tui.plain`).
"""

from __future__ import annotations

from typing import Literal

from rich import cells, segment
from rich._unicode_data import load
from wcwidth import table_ambiguous

from engine.graph import labels
from engine.graph.labels import BLOCKS

_RULER = load("auto").widths
_USUAL = tuple(_RULER)
_ASCII = frozenset(map(chr, range(0x20, 0x7F)))
# rich has no setting for it; what is private there is met here alone.
_SINGLE = {1: cells._SINGLE_CELLS, 2: _ASCII | frozenset(map(chr, BLOCKS))}  # noqa: SLF001


def draw_ambiguous(width: Literal[1, 2]) -> None:
    """Measure signs of ambiguous width so from now on."""
    labels.draw_ambiguous(width)
    _RULER[:] = _USUAL if width == 1 else _widened()  # type: ignore[index]
    for module in (cells, segment):
        vars(module)["_is_single_cell_widths"] = _SINGLE[width].issuperset
    for cached in (
        cells.get_character_cell_size,
        cells.cached_cell_len,
        segment.Segment._split_cells,  # noqa: SLF001
    ):
        cached.cache_clear()


def _widened() -> list[tuple[int, int, int]]:
    """The widths of all that is not one cell wide, with what is ambiguous."""
    known = {point: wide for start, end, wide in _USUAL for point in range(start, end + 1)}
    (ranges,) = table_ambiguous.AMBIGUOUS_EASTASIAN.values()
    for start, end in ranges:
        for point in range(start, min(end, 0x1FFFF) + 1):
            if point not in BLOCKS:
                known.setdefault(point, 2)
    return _ranges(sorted(known.items()))


def _ranges(points: list[tuple[int, int]]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    for point, wide in points:
        if found and found[-1][1:] == (point - 1, wide):
            found[-1] = (found[-1][0], point, wide)
        else:
            found.append((point, point, wide))
    return found
