"""What the rows of a decision table leave open, and where they meet; each with a concrete example."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from dsl.expressions.axis import Axis, axis_of
from dsl.expressions.tables import Table

MOST_STEPS = 200_000
"""A search that has not ended by then gives up: its table is too large to be judged."""

Example = tuple[Any, ...]
"""A decoded value per column; None stands for one that no cell names."""


class Overlap(Struct, frozen=True):
    """Two rows, counted from 0, that take the same values."""

    first: int
    second: int
    example: Example


class Coverage:
    """The columns of a table in pieces, and searches over their combinations.

    Args:
        table: a checked table.
    """

    def __init__(self, table: Table) -> None:
        self._axes = [
            axis_of(column, [row.cells[at] for row in table.rows])
            for at, column in enumerate(table.columns)
        ]
        self._rows = len(table.rows)
        self._left = MOST_STEPS

    def gap(self) -> Example | None:
        """Values between the declared bounds that no row takes; None if there are none."""
        everything = [axis.inside for axis in self._axes]
        return self._open(everything, (1 << self._rows) - 1)

    def is_shadowed(self, row: int) -> bool:
        """True if the rows before it take all that a row takes."""
        return self._open([axis.pieces_of(row) for axis in self._axes], (1 << row) - 1) is None

    def overlaps(self) -> list[Overlap]:
        """Each row with the first one before it that takes some of the same values."""
        found = []
        for second in range(1, self._rows):
            pieces = [axis.pieces_of(second) for axis in self._axes]
            meeting = (1 << second) - 1
            for axis, mine in zip(self._axes, pieces, strict=True):
                meeting &= _union(axis, mine)
            if meeting:
                first = (meeting & -meeting).bit_length() - 1
                found.append(Overlap(first, second, self._common(first, pieces)))
        return found

    def _common(self, row: int, pieces: Sequence[Sequence[int]]) -> Example:
        return tuple(
            axis.example(next(piece for piece in mine if axis.masks[piece] >> row & 1))
            for axis, mine in zip(self._axes, pieces, strict=True)
        )

    def _open(self, pieces: Sequence[Sequence[int]], rows: int) -> Example | None:
        """Values of the pieces that none of the rows (as bits) takes."""
        closed: set[tuple[int, int]] = set()
        return self._search(pieces, 0, rows, closed)

    def _search(
        self, pieces: Sequence[Sequence[int]], at: int, rows: int, closed: set[tuple[int, int]]
    ) -> Example | None:
        """The rest of an example from a column on, given the rows that take the values so far."""
        if at == len(self._axes):
            return None if rows else ()
        if (at, rows) in closed:
            return None
        axis = self._axes[at]
        tried: set[int] = set()
        for piece in pieces[at]:
            still = rows & axis.masks[piece]
            if still in tried or self._left == 0:
                continue
            tried.add(still)
            self._left -= 1
            rest = self._search(pieces, at + 1, still, closed)
            if rest is not None:
                return (axis.example(piece), *rest)
        closed.add((at, rows))
        return None


def _union(axis: Axis, pieces: Sequence[int]) -> int:
    bits = 0
    for piece in pieces:
        bits |= axis.masks[piece]
    return bits
