"""The space between two levels: which line turns in which row, so that none runs over another.

This is channel routing (Yoshimura and Kuh, 1982): a line that comes down in a column turns away
above the line that goes down from that column. Two lines that would wait for each other are
parted by giving one of them a second turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct


class Ends(NamedTuple):
    """The columns at which one line enters a space above and leaves it below."""

    tops: frozenset[int]
    bottoms: frozenset[int]


class Turn(NamedTuple):
    """The row in which a line turns; with a column and a second row if it turns twice."""

    row: int
    column: int | None = None
    second: int = 0


class _Wire(Struct):
    line: int
    tops: frozenset[int]
    bottoms: frozenset[int]

    @property
    def low(self) -> int:
        return min(self.tops | self.bottoms)

    @property
    def high(self) -> int:
        return max(self.tops | self.bottoms)

    @property
    def key(self) -> tuple[int, float, int]:
        """Lines to the right are placed from the right, lines to the left from the left."""
        begin = sum(self.tops) / len(self.tops)
        if sum(self.bottoms) / len(self.bottoms) > begin:
            return 0, -begin, self.line
        return 1, begin, self.line


class Space(NamedTuple):
    """The turns of the lines that are not straight, and how many rows they take."""

    turns: dict[int, Turn]
    rows: int


def route(ends: Mapping[int, Ends]) -> Space:
    """Turns for the lines of one space; a line without one runs straight down."""
    waiting = [
        _Wire(line, tops, bottoms)
        for line, (tops, bottoms) in ends.items()
        if tops != bottoms or len(tops) > 1
    ]
    if not waiting:
        return Space({}, 0)
    taken = {column for tops, bottoms in ends.values() for column in tops | bottoms}
    return _Router(waiting, taken).run()


class _Router:
    def __init__(self, waiting: list[_Wire], taken: set[int]) -> None:
        self.waiting = sorted(waiting, key=lambda wire: wire.key)
        self.taken = taken
        self.placed: list[tuple[int, int, int]] = []
        self.turns: dict[int, Turn] = {}

    def run(self) -> Space:
        while self.waiting:
            wire = self._unhindered()
            if wire is not None:
                self.waiting.remove(wire)
                self._place(wire)
            else:
                self._part(self.waiting.pop(0))
        return Space(self.turns, 1 + max(row for _, _, row in self.placed))

    def _unhindered(self) -> _Wire | None:
        """The first wire that no other must stand above."""
        owner = {column: wire.line for wire in self.waiting for column in wire.tops}
        for wire in self.waiting:
            if all(owner.get(column, wire.line) == wire.line for column in wire.bottoms):
                return wire
        return None

    def _place(self, wire: _Wire, column: int | None = None) -> None:
        row = 1 + max(
            (row for low, high, row in self.placed if low <= wire.high and wire.low <= high),
            default=-1,
        )
        self.placed.append((wire.low, wire.high, row))
        earlier = self.turns.get(wire.line)
        self.turns[wire.line] = earlier._replace(second=row) if earlier else Turn(row, column)

    def _part(self, wire: _Wire) -> None:
        """Place the upper half of a wire that waits in a circle; the lower half waits on."""
        column = self._free((wire.low + wire.high) // 2)
        between = frozenset({column})
        self._place(_Wire(wire.line, wire.tops, between), column)
        self.waiting.insert(0, _Wire(wire.line, between, wire.bottoms))

    def _free(self, middle: int) -> int:
        """The free column nearest to the middle; to the right there is always one."""
        distance = 0
        while True:
            for column in (middle + distance, middle - distance):
                if column >= 0 and column not in self.taken:
                    self.taken.add(column)
                    return column
            distance += 1
