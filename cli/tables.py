"""Tables for people: columns aligned by cells, cut to the terminal's width."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence

from cli.output import Word, painted
from dsl.visible import visible
from engine.graph.labels import cut, width

GAP = "  "
NARROWEST = 8
"""Cells that a column keeps at least, however narrow the terminal is."""

Cell = str | Word


def print_table(head: Sequence[str], rows: Iterable[Sequence[Cell]], whole: int = 1) -> None:
    """Aligned columns under their titles; nothing where there are no rows.

    Args:
        head: the titles.
        rows: the cells.
        whole: of the columns so many keep their width, from the left: ids, which people type again.
    """
    found = [[_word(cell) for cell in row] for row in rows]
    if not found:
        return
    lines = [[Word(title, "strong") for title in head], *found]
    sizes = [[width(word.text) for word in line] for line in lines]
    widths = [max(column) for column in zip(*sizes, strict=True)]
    _fit(widths, columns(), whole)
    sign = "…" if speaks_unicode() else "~"
    for line, size in zip(lines, sizes, strict=True):
        print(_row(line, size, widths, sign))


def columns() -> int | None:
    """The terminal's width; None where the output goes to a file or another program."""
    stated = os.environ.get("COLUMNS", "")
    if stated.isdecimal() and int(stated) > 0:
        return int(stated)
    if not sys.stdout.isatty():
        return None
    return os.get_terminal_size(sys.stdout.fileno()).columns or None


def speaks_unicode() -> bool:
    """True if the output can hold signs beyond ASCII."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def _word(cell: Cell) -> Word:
    return Word(visible(cell)) if isinstance(cell, str) else Word(visible(cell.text), cell.style)


def _fit(widths: list[int], limit: int | None, whole: int) -> None:
    """Take cells from the widest column that may lose some until the row fits."""
    if limit is None or len(widths) <= whole:
        return
    while sum(widths) + len(GAP) * (len(widths) - 1) > limit:
        widest = max(range(whole, len(widths)), key=lambda at: widths[at])
        if widths[widest] <= NARROWEST:
            return
        widths[widest] -= 1


def _row(line: Sequence[Word], size: Sequence[int], widths: Sequence[int], sign: str) -> str:
    shown: list[str] = []
    for given, taken, cells in zip(line, size, widths, strict=True):
        word, rest = given, cells - taken
        if rest < 0:
            word = Word(cut(given.text, cells, sign), given.style)
            rest = cells - width(word.text)
        shown.append(painted(word) + " " * rest)
    return GAP.join(shown).rstrip()
