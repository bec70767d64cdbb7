"""Decision tables made ready to be looked up: a value is found without walking the rows.

Each column maps a value to a class of values that all rows treat alike. Where the classes of all
columns together are few, what the table gives for each combination is worked out beforehand; else
the rows that fit are intersected as bits.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping
from itertools import product
from math import prod
from typing import Any, cast

from msgspec import Struct

from dsl.expressions.axis import STEPPED, Axis, NamedAxis, OrderedAxis, axis_of
from dsl.expressions.environment import NoValueError
from dsl.expressions.tables import Table

MOST_ENTRIES = 20_000
"""Combinations of classes that are worked out beforehand."""
MOST_LISTED = 1_000
"""Values between the bounds of a column that are listed one by one."""

Place = Callable[[Any], int]
"""From a value of a column to the number of its class, or, intersected, to the bits of its rows."""


class Index(Struct, frozen=True):
    """How to find what a table gives.

    Attributes:
        columns: the fact of each column, and the mapping or function that places its value.
        entries: what the table gives by the sum of the places; None where rows are intersected.
        pick: what the table gives for the intersected bits of the columns.
    """

    columns: tuple[tuple[str, Mapping[Any, int] | Place], ...]
    entries: Mapping[int, Any] | None
    pick: Callable[[int], Any]


def index_of(table: Table, give: Callable[[tuple[int, ...]], object]) -> Index:
    """The index of a table.

    Args:
        table: a checked table.
        give: what rows give together: one row, or with `collect` any number of them.
    """
    axes = [
        axis_of(column, [row.cells[at] for row in table.rows])
        for at, column in enumerate(table.columns)
    ]
    within = 1 << len(table.rows)
    masks = [_masks(axis, within) for axis in axes]
    classes = [sorted(set(each)) for each in masks]
    pick = _picker(table, within, give)
    facts = [column.fact for column in table.columns]
    if prod(map(len, classes)) > MOST_ENTRIES:
        placed = [_placing(axis, mask) for axis, mask in zip(axes, masks, strict=True)]
        return Index(tuple(zip(facts, placed, strict=True)), None, pick)
    stride, placed = 1, []
    for axis, mask, known in zip(axes, masks, classes, strict=True):
        number = {one: at * stride for at, one in enumerate(known)}
        placed.append(_placing(axis, [number[one] for one in mask]))
        stride *= len(known)
    entries = dict(_entries(classes, within, pick))
    return Index(tuple(zip(facts, placed, strict=True)), entries, pick)


def rows_of(table: Table) -> Callable[[Mapping[str, Any]], tuple[int, ...]]:
    """The function that finds the rows of a table which fit decoded facts, counted from 0.

    It raises a LookupError where a fact has no value or, save for `collect`, no row fits.
    """
    axes = {
        column.fact: axis_of(column, [row.cells[at] for row in table.rows])
        for at, column in enumerate(table.columns)
    }
    within = 1 << len(table.rows)
    pick = _picker(table, within, lambda rows: rows)
    placed = {fact: _placing(axis, _masks(axis, within)) for fact, axis in axes.items()}

    def rows(facts: Mapping[str, Any]) -> tuple[int, ...]:
        bits = -1
        for fact, place in placed.items():
            bits &= place[facts[fact]] if isinstance(place, Mapping) else place(facts[fact])
        return cast("tuple[int, ...]", pick(bits))

    return rows


def _masks(axis: Axis, within: int) -> list[int]:
    """The rows of each piece as bits, with one more for the pieces that the column declares."""
    inside = frozenset(axis.inside)
    return [mask | within if at in inside else 0 for at, mask in enumerate(axis.masks)]


def _picker(
    table: Table, within: int, give: Callable[[tuple[int, ...]], object]
) -> Callable[[int], object]:
    def pick(bits: int) -> object:
        rows = bits & (within - 1)
        if not bits & within or (not rows and table.hit != "collect"):
            raise NoValueError(table.id)
        if table.hit == "collect":
            return give(tuple(at for at in range(rows.bit_length()) if rows >> at & 1))
        return give(((rows & -rows).bit_length() - 1,))

    return pick


def _entries(
    classes: list[list[int]], within: int, pick: Callable[[int], object]
) -> Iterator[tuple[int, object]]:
    strides = [prod(map(len, classes[:at])) for at in range(len(classes))]
    for numbers in product(*(range(len(known)) for known in classes)):
        bits = -1
        for number, known in zip(numbers, classes, strict=True):
            bits &= known[number]
        if bits & within:
            place = sum(at * stride for at, stride in zip(numbers, strides, strict=True))
            try:
                yield place, pick(bits)
            except NoValueError:
                continue


def _placing(axis: Axis, places: list[int]) -> Mapping[Any, int] | Place:
    """From a value to the place of its piece."""
    if isinstance(axis, NamedAxis):
        return _named(axis, places)
    listed = _listed(axis, places)
    if listed is not None:
        return listed
    points = axis.points
    if not isinstance(axis.type, STEPPED):
        return lambda value: places[bisect_left(points, value) + bisect_right(points, value)]
    starts = axis.starts()
    by_start = [places[0], *(places[axis.piece(start)] for start in starts)]
    return lambda value: by_start[bisect_right(starts, value)]


def _named(axis: NamedAxis, places: list[int]) -> Mapping[Any, int] | Place:
    known = dict(zip(axis.values, places, strict=False))
    rest = places[-1]
    return known if len(axis.inside) == len(axis.values) else lambda value: known.get(value, rest)


def _listed(axis: OrderedAxis, places: list[int]) -> Mapping[Any, int] | None:
    """The places of whole numbers one by one, where their column declares not too many."""
    if not axis.points or axis.inside[-1] == len(axis.masks) - 1 or axis.inside[0] == 0:
        return None
    low, high = axis.points[axis.inside[0] // 2], axis.points[axis.inside[-1] // 2]
    if not isinstance(low, int) or high - low > MOST_LISTED:
        return None
    return {value: places[axis.piece(value)] for value in range(low, high + 1)}
