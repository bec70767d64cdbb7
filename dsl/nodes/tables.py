"""Source nodes of decision tables. The first row, which names the columns, is a row like the others."""

from __future__ import annotations

from typing import Literal

from dsl.expressions.tables import Hit
from dsl.nodes.declarations import Declared, LanguageTitle, TypeNode
from dsl.nodes.expressions import Name, Node, Text, Value


class Given(Node, frozen=True):
    """`F [TYPE] [V..W]`, one of the facts that the table reads."""

    fact: Name
    type: TypeNode | None = None
    low: Value | None = None
    high: Value | None = None


class RoleWord(Node, frozen=True):
    """`role` in the place of a type."""


class Gives(Node, frozen=True):
    """`gives X "t" TYPE`."""

    id: Name
    type: TypeNode | RoleWord
    title: Text | None = None
    titles: tuple[LanguageTitle, ...] = ()


class AnyCell(Node, frozen=True):
    """`any`."""


class RangeCell(Node, frozen=True):
    """`1..6`."""

    low: Value
    high: Value


class SideCell(Node, frozen=True):
    """`< 9`."""

    op: Literal["<", "<=", ">", ">="]
    value: Value


TestNode = Value | AnyCell | RangeCell | SideCell


class Cell(Node, frozen=True):
    """What stands between two bars, `a, b`; nothing where the cell is empty."""

    tests: tuple[TestNode, ...] = ()


class Row(Node, frozen=True):
    """A line in bars."""

    cells: tuple[Cell, ...]


class Table(Declared, frozen=True):
    """Rows of values."""

    hit: Hit | None = None
    given: tuple[Given, ...] = ()
    gives: tuple[Gives, ...] = ()
    rows: tuple[Row, ...] = ()
