"""Decision tables: what they are made of. They are part of the model, so they are JSON."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.expressions.tree import Wire
from dsl.types import RoleType, Tagged, Type

Hit = Literal["unique", "first", "collect"]
"""Which rows count: the only one that fits, the first one, or all of them."""


class Same(Tagged, tag="same"):
    """The value itself."""

    value: Wire


class Range(Tagged, tag="range"):
    """`1..6`, both ends included."""

    low: Wire
    high: Wire


class Side(Tagged, tag="side"):
    """`< 9` and the like."""

    op: Literal["<", "<=", ">", ">="]
    value: Wire


Test = Same | Range | Side
Cell = tuple[Test, ...]
"""A value fits if one of the tests does; an empty cell is `any`."""


class Column(Struct, frozen=True, omit_defaults=True):
    """A fact that the table reads, and the bounds (included) between which the rows share it out."""

    fact: str
    type: Type
    low: Wire = None
    high: Wire = None


class Output(Struct, frozen=True):
    """What a row gives; the value of a role is its id. The title is per language code."""

    id: str
    title: dict[str, str]
    type: Type | RoleType


class Row(Struct, frozen=True):
    """One row: a cell per column, a value per output."""

    cells: tuple[Cell, ...]
    gives: tuple[Wire, ...]


class Table(Struct, frozen=True, omit_defaults=True):
    """What rows give for the facts of a case."""

    id: str
    title: dict[str, str]
    columns: tuple[Column, ...]
    outputs: tuple[Output, ...]
    rows: tuple[Row, ...]
    hit: Hit = "unique"
    because: str | None = None
    final: bool = False
