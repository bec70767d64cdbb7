"""The columns of a table: how wide each is by what stands in it, and where a row takes two lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GAP = 2
"""Cells between two columns."""
LEAD = 2
"""Cells before the first column: a mark, and the sign of the cursor."""

EASE = 1.5
"""So many times its least is asked for each column before a row that could take two lines is put on one."""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: its head.
        least: cells that it keeps where room is short; fewer where nothing in it is as wide.
        rank: where even that is too much, a column of a higher rank is left out first, one of 0 never.
        below: where room is short, it goes onto a second line rather than be left out.
    """

    title: str
    least: int
    rank: int = 0
    below: bool = False


class Slot(NamedTuple):
    """The place of a column (its index) on a line, from which cell on and how wide."""

    column: int
    start: int
    width: int


Layout = tuple[tuple[Slot, ...], ...]
"""The lines of a row, one or two."""


def laid_out(columns: Sequence[Column], wants: Sequence[int], width: int) -> Layout:
    """Place columns by need: each has what it wants where there is room, else a fair share of it.

    Args:
        columns: in order.
        wants: per column the cells of the widest text in it, its head included.
        width: cells of the whole row.
    """
    leasts = [min(column.least, want) for column, want in zip(columns, wants, strict=True)]
    eased = [min(column.least * EASE, want) for column, want in zip(columns, wants, strict=True)]
    every = list(range(len(columns)))
    below = [at for at in every if columns[at].below]
    upper = [at for at in every if at not in below]
    if not below or not upper or _taken(eased, every) <= width - LEAD:
        return (_line(columns, leasts, wants, every, LEAD, width),)
    first = _line(columns, leasts, wants, upper, LEAD, width)
    indent = first[1].start if len(first) > 1 else LEAD
    return first, _line(columns, leasts, wants, below, indent, width)


def _line(  # noqa: PLR0913, PLR0917 - what is placed, what it needs, and between which cells
    columns: Sequence[Column],
    leasts: Sequence[int],
    wants: Sequence[int],
    some: Sequence[int],
    start: int,
    end: int,
) -> tuple[Slot, ...]:
    kept = list(some)
    for rank in sorted({columns[at].rank for at in some} - {0}, reverse=True):
        if _taken(leasts, kept) <= end - start:
            break
        kept = [at for at in kept if columns[at].rank != rank]
    spare = max(0, end - start - int(_taken(leasts, kept)))
    shares = _shared([wants[at] - leasts[at] for at in kept], spare)
    slots = []
    for at, share in zip(kept, shares, strict=True):
        slots.append(Slot(at, start, leasts[at] + share))
        start += leasts[at] + share + GAP
    return tuple(slots)


def _taken(widths: Sequence[float], some: Sequence[int]) -> float:
    return sum(widths[at] for at in some) + GAP * (len(some) - 1)


def _shared(lacks: Sequence[int], spare: int) -> list[int]:
    """What each is given: all that it lacks if possible, and nobody more while another has less."""
    given = [0] * len(lacks)
    ranked = sorted(range(len(lacks)), key=lacks.__getitem__)
    for served, at in enumerate(ranked):
        given[at] = min(lacks[at], spare // (len(lacks) - served))
        spare -= given[at]
    return given
