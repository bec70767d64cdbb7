"""One column of a decision table in pieces: within a piece, every row says the same of each value.

An ordered type (numbers, money, days) has a piece for each number that a cell names and one for
each stretch between two of them; any other type has a piece for each value, and one for the rest.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from dsl.expressions.scalars import ValueProblem, decode_scalar
from dsl.expressions.tables import Cell, Column, Range, Same, Test
from dsl.expressions.tree import Wire
from dsl.types import (
    ChoiceType,
    DateType,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    TimeType,
    Type,
    YesNoType,
)

ORDERED = (IntegerType, NumberType, PercentType, MoneyType, DateType, TimeType)
STEPPED = (IntegerType, DateType, TimeType)
"""Types whose values follow each other, with nothing between two neighbours."""
_UTC = ZoneInfo("UTC")
_MIDNIGHT = datetime(2000, 1, 1)  # noqa: DTZ001 (a time of day has no zone)


def cell_value(type_: Type, wire: Wire) -> Any:  # noqa: ANN401 (a decoded value)
    """The Python value of what a cell of a checked table names."""
    value = decode_scalar(type_, wire, _UTC)
    if isinstance(value, ValueProblem):
        raise TypeError(f"{value.code}: {wire!r}")
    return value


def axis_of(column: Column, cells: Sequence[Cell]) -> Axis:
    """The pieces of a column.

    Args:
        column: its type and bounds.
        cells: that of each row, in order.
    """
    return (OrderedAxis if isinstance(column.type, ORDERED) else NamedAxis)(column, cells)


class _Pieces:
    """What every axis has.

    Attributes:
        masks: for each piece the rows that take its values, as bits (the first row is 1).
        inside: the pieces that lie within what the column declares.
    """

    masks: list[int]
    inside: list[int]

    def pieces_of(self, row: int) -> list[int]:
        """The pieces inside that a row takes."""
        return [piece for piece in self.inside if self.masks[piece] >> row & 1]


class NamedAxis(_Pieces):
    """Values without an order: options, yes and no, texts, people.

    `values` has a piece per value; the last piece, without one, is whatever no cell names.
    """

    def __init__(self, column: Column, cells: Sequence[Cell]) -> None:
        named = [cell_value(column.type, one.value) for one in _tests(cells) if type(one) is Same]
        all_of_them = _every_value(column.type)
        self.values = list(dict.fromkeys(named if all_of_them is None else all_of_them))
        self.masks = [0] * (len(self.values) + 1)
        for row, cell in enumerate(cells):
            for piece in self._taken(column.type, cell):
                self.masks[piece] |= 1 << row
        self.inside = list(range(len(self.values) + (all_of_them is None)))

    def example(self, piece: int) -> Any:  # noqa: ANN401 (a decoded value)
        """A value of a piece; None stands for one that no cell names."""
        return self.values[piece] if piece < len(self.values) else None

    def _taken(self, type_: Type, cell: Cell) -> Iterable[int]:
        if not cell:
            return range(len(self.masks))
        wanted = {cell_value(type_, one.value) for one in cell if isinstance(one, Same)}
        return (piece for piece, value in enumerate(self.values) if value in wanted)


class OrderedAxis(_Pieces):
    """Values with an order. `points` are sorted; piece 2k+1 is point k, 2k what lies before it."""

    def __init__(self, column: Column, cells: Sequence[Cell]) -> None:
        self.type = column.type
        low, high = self._value(column.low), self._value(column.high)
        named = {self._value(wire) for one in _tests(cells) for wire in wires_in(one)}
        self.points: list[Any] = sorted((named | {low, high}) - {None})
        self.masks = [0] * (2 * len(self.points) + 1)
        for row, cell in enumerate(cells):
            for piece in self._taken(cell):
                self.masks[piece] |= 1 << row
        first = 0 if low is None else self.piece(low)
        last = len(self.masks) - 1 if high is None else self.piece(high)
        self.inside = [at for at in range(first, last + 1) if not self._is_empty(at)]

    def piece(self, value: Any) -> int:  # noqa: ANN401 (a decoded value)
        """The piece of a value."""
        return bisect_left(self.points, value) + bisect_right(self.points, value)

    def example(self, piece: int) -> Any:  # noqa: ANN401 (a decoded value)
        """A value of a piece."""
        if piece % 2:
            return self.points[piece // 2]
        if not self.points:
            return _anything(self.type)
        before = self.points[piece // 2 - 1] if piece else None
        behind = self.points[piece // 2] if piece // 2 < len(self.points) else None
        if isinstance(before, Decimal) and isinstance(behind, Decimal):
            return ((before + behind) / 2).normalize()
        return _next(before, 1) if before is not None else _next(behind, -1)

    def starts(self) -> list[Any]:
        """For a type whose values follow each other: the first value of each piece but the first."""
        nexts = (start for point in self.points for start in (point, _next(point, 1)))
        return sorted({start for start in nexts if start is not None})

    def _value(self, wire: Wire) -> Any:  # noqa: ANN401 (a decoded value)
        return None if wire is None else cell_value(self.type, wire)

    def _taken(self, cell: Cell) -> Iterable[int]:
        if not cell:
            return range(len(self.masks))
        return {piece for one in cell for piece in self._taken_by(one)}

    def _taken_by(self, test: Test) -> range:
        if isinstance(test, Range):
            return range(self.piece(self._value(test.low)), self.piece(self._value(test.high)) + 1)
        at = self.piece(self._value(test.value))
        if isinstance(test, Same):
            return range(at, at + 1)
        if test.op.startswith("<"):
            return range(at + test.op.endswith("="))
        return range(at + (not test.op.endswith("=")), len(self.masks))

    def _is_empty(self, piece: int) -> bool:
        """True for the stretch between two neighbours, and for what lies beyond the last value."""
        if piece % 2 or not isinstance(self.type, STEPPED) or not self.points:
            return False
        if piece in (0, len(self.masks) - 1):
            at = -1 if piece == 0 else 1
            return _next(self.points[0 if piece == 0 else -1], at) is None
        return bool(_next(self.points[piece // 2 - 1], 1) == self.points[piece // 2])


Axis = NamedAxis | OrderedAxis


def _tests(cells: Sequence[Cell]) -> Iterable[Test]:
    return (test for cell in cells for test in cell)


def wires_in(test: Test) -> tuple[Wire, ...]:
    """The values that a test names, in wire form."""
    return (test.low, test.high) if isinstance(test, Range) else (test.value,)


def _every_value(type_: Type) -> list[Any] | None:
    """All values of a type, if they can be listed."""
    if isinstance(type_, ChoiceType):
        return [option.id for option in type_.options]
    return [True, False] if isinstance(type_, YesNoType) else None


def _next(value: Any, by: int) -> Any:  # noqa: ANN401 (a decoded value)
    """The neighbour of a value; None beyond the last one."""
    if isinstance(value, time):
        then = datetime.combine(_MIDNIGHT, value) + timedelta(minutes=by)
        return then.time() if then.date() == _MIDNIGHT.date() else None
    if isinstance(value, date):
        return None if value in (date.min, date.max) else value + timedelta(days=by)
    return value + by


def _anything(type_: Type) -> Any:  # noqa: ANN401 (a decoded value)
    if isinstance(type_, DateType):
        return _MIDNIGHT.date()
    return _MIDNIGHT.time() if isinstance(type_, TimeType) else 0
