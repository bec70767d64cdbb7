"""Puts comments and empty rows back around the printed lines of one declaration."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from dsl.formatter.pieces import CONTINUED, INDENT, Line
from dsl.formatter.sheet import Remark, Sheet
from dsl.parser import Statement


class Row(NamedTuple):
    """A row of the printed text; `spaced` wants an empty row before it."""

    text: str
    beside: str = ""
    spaced: bool = False


class Spot:
    """A row that prints a statement or a part of one, and the comments that belong to it.

    Args:
        text: the row, indented.
        row: where it stood; None for what the text did not have.
        depth: how deep comments above it are indented.
    """

    def __init__(self, text: str, row: int | None, depth: int) -> None:
        self.text = text
        self.row = row
        self.depth = depth
        self.above: list[tuple[Remark, int]] = []
        self.beside = ""

    def take(self, remark: Remark, depth: int | None = None) -> None:
        """A comment: beside the row where it was and there is room, else above."""
        if remark.beside and not self.beside:
            self.beside = remark.text
        else:
            self.above.append((remark, self.depth if depth is None else depth))

    def rows(self, *, follows: bool, spaced: bool) -> Iterator[Row]:
        """The comments above, and the row.

        Args:
            follows: an empty row before the first of them is kept.
            spaced: an empty row stood before the row itself.
        """
        for remark, depth in self.above:
            yield Row(INDENT * depth + remark.text, "", remark.spaced and follows)
            follows = True
        yield Row(self.text, self.beside, spaced and follows)


class Block:
    """The printed lines of one declaration.

    Args:
        lines: as printed.
        texts: the rows of each line, not indented.
        statements: what they were printed from, in the order of the text.
        base: where the declaration's part begins; the spans of lines are relative to that.
        sheet: the rows of the text.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        texts: Sequence[list[str]],
        statements: Sequence[Statement],
        base: int,
        sheet: Sheet,
    ) -> None:
        self._lines = lines
        self._sheet = sheet
        self._statements = statements
        self._ends = [sheet.row(one.span.end) for one in statements]
        self._line_of = _matched(lines, statements, base)
        self._said: list[list[int]] = [[] for _ in lines]
        for number, line in enumerate(self._line_of):
            self._said[line].append(number)
        self._spots = [self._spots_of(number, text) for number, text in enumerate(texts)]
        self.tail: list[Remark] = []

    def take(self, remarks: Iterable[Remark]) -> list[Remark]:
        """Takes the comments from its first row on; gives back those that belong to what follows.

        Behind the last statement, comments belong to the declaration as long as they are indented.
        """
        behind = [remark for remark in remarks if not self._place(remark)]
        self.tail = list(takewhile(lambda remark: remark.column > 0, behind))
        return behind[len(self.tail) :]

    def is_long(self) -> bool:
        """True if it has more than one row, comments above it aside."""
        return sum(map(len, self._spots)) + len(self.tail) > 1

    def rows(self, *, led: bool) -> Iterator[Row]:
        """All rows.

        Args:
            led: comments of the declaration have been printed before it.
        """
        for number, spots in enumerate(self._spots):
            for at, spot in enumerate(spots):
                follows = at == 0 and (self._follows(number) if number else led)
                spaced = at == 0 and self._is_spaced(number)
                yield from spot.rows(follows=follows, spaced=spaced)
        for remark in self.tail:
            yield Row(INDENT + remark.text, "", remark.spaced)

    def _spots_of(self, number: int, text: list[str]) -> list[Spot]:
        line, said = self._lines[number], self._said[number]
        first = self._row(said[0]) if said else None
        rows = [first, *(piece.row for piece in line.pieces if piece.row is not None)]
        depths = [line.depth, *([line.depth + CONTINUED] * (len(text) - 1))]
        return [
            Spot(INDENT * depth + part, row, depth)
            for depth, part, row in zip(depths, text, rows, strict=True)
        ]

    def _row(self, statement: int) -> int:
        return self._sheet.row(self._statements[statement].span.start)

    def _place(self, remark: Remark) -> bool:
        """Gives a comment to the row it belongs to; False if it stands behind all of them."""
        number = bisect_left(self._ends, remark.row)
        if number == len(self._ends):
            return False
        line = self._line_of[number]
        spots = self._spots[line]
        if remark.row < self._row(number):
            column = self._sheet.column(self._statements[number].span.start)
            inside = self._lines[line].parts_group and remark.column > column
            spots[0].take(remark, spots[0].depth + inside)
        elif remark.beside:
            before = [spot for spot in spots if spot.row is not None and spot.row <= remark.row]
            (before or spots)[-1].take(remark)
        else:
            behind = [spot for spot in spots if spot.row is not None and spot.row > remark.row]
            (behind or spots)[0].take(remark)
        return True

    def _follows(self, number: int) -> bool:
        """True if a line stands where it stood, so that an empty row before it means something."""
        if self._lines[number].depth > self._lines[number - 1].depth:
            return False
        before, said = self._said[number - 1], self._said[number]
        return bool(before and said) and said[0] == before[-1] + 1

    def _is_spaced(self, number: int) -> bool:
        said = self._said[number]
        if self._lines[number].parts_group or not said:
            return False
        return self._sheet.is_spaced(self._row(said[0]))


def _matched(lines: Sequence[Line], statements: Sequence[Statement], base: int) -> list[int]:
    """The line that prints each statement: by its field, by its place, or in order."""
    in_order = iter(number for number, line in enumerate(lines) if number and not line.fields)
    saying: dict[str, list[tuple[int, int]]] = {}
    for number, line in enumerate(lines):
        for field in line.fields:
            at = min((span.start + base for span in line.spans), default=-1)
            insort(saying.setdefault(field, []), (at, number))
    found = [0]
    for statement in statements[1:]:
        if not statement.fields:
            found.append(next(in_order))
            continue
        known = saying[statement.fields[0]]
        at = bisect_left(known, (statement.span.start, 0)) if len(known) > 1 else 0
        found.append(known[at][1])
    return found
