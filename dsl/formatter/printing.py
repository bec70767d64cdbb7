"""Prints declarations with the comments and empty rows that their text has around them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from dsl import nodes
from dsl.dialects import Dialect
from dsl.formatter import calendars, clauses, heads, processes, rules, scenarios, tables, tailoring
from dsl.formatter.block import Block, Row
from dsl.formatter.pieces import CONTINUED, INDENT, Line, Writer
from dsl.formatter.quoting import Speller
from dsl.formatter.sheet import Remark, Sheet
from dsl.parser import Parsed, Statement
from dsl.source import cells

_DECLARATIONS: Mapping[type, Callable[[Writer, Any], Iterator[Line]]] = {
    **heads.PRINTERS,
    **tables.PRINTERS,
    **clauses.PRINTERS,
    **calendars.PRINTERS,
    **processes.PRINTERS,
    **rules.PRINTERS,
    **scenarios.PRINTERS,
}
_PRINTERS = {**_DECLARATIONS, **tailoring.printers(_DECLARATIONS)}
_BESIDE = "  "


class Laid(NamedTuple):
    """A declaration on its way to the page.

    Attributes:
        kind: of its node; declarations of one line stand together with others of their kind.
        leading: the comments before it.
        rows: all its rows.
        is_long: it has more than one, comments aside.
        spaced: an empty row stood before it.
    """

    kind: type
    leading: Sequence[Remark]
    rows: Sequence[Row]
    is_long: bool
    spaced: bool = False


class _Said(NamedTuple):
    """What the text has of one declaration: its statements, first row, and comments from there on."""

    statements: tuple[Statement, ...]
    row: int
    remarks: tuple[Remark, ...]


def printed(laid: Iterable[Laid], behind: Iterable[Remark]) -> str:
    """The text of declarations, one behind the other, and the comments behind all of them."""
    rows: list[Row] = []
    before: tuple[type, bool] | None = None
    for one in laid:
        kind = (one.kind, one.is_long)
        apart = before is not None and (one.spaced or before != kind or one.is_long)
        more = [*map(_alone, one.leading), *one.rows]
        rows.extend((more[0]._replace(spaced=apart), *more[1:]))
        before = kind
    return _joined([*rows, *map(_alone, behind)])


def declarations(rulebook: nodes.Rulebook) -> list[tuple[int, nodes.Declared]]:
    """The declarations of a text and what tailors, in order, each with where its part begins."""
    header = [] if rulebook.header is None else [(0, rulebook.header)]
    parts = [(part.start, part.declaration) for part in rulebook.parts if part.declaration]
    changes = [(part.start, part.tailoring) for part in rulebook.tailoring]
    return [*header, *sorted((*parts, *changes), key=lambda found: found[0])]


def lay(
    sheet: Sheet,
    parsed: Parsed,
    declared: Sequence[tuple[int, nodes.Declared]],
    write: Callable[[nodes.Declared, Callable[[int], int]], tuple[list[Line], list[list[str]]]],
) -> tuple[list[Laid], list[Remark]]:
    """The declarations of one text with what is around them, and the comments behind them.

    Args:
        sheet: the rows of the text.
        parsed: what was read of it.
        declared: its declarations, which may be said in another way by now.
        write: the lines of a declaration; `writing` makes it.
    """
    found: list[Laid] = []
    said = _said(sheet, parsed, [base for base, _ in declared])
    leading = [remark for remark in sheet.remarks if remark.row < said[0].row]
    for (base, node), one in zip(declared, said, strict=True):
        lines, texts = write(node, partial(_row, sheet, base))
        block = Block(lines, texts, one.statements, base, sheet)
        behind = block.take(one.remarks)
        spaced = leading[0].spaced if leading else sheet.is_spaced(one.row)
        rows = list(block.rows(led=bool(leading)))
        found.append(Laid(type(node), leading, rows, block.is_long(), spaced))
        leading = behind
    return found, leading


def writing(
    known: Dialect, declared: frozenset[str]
) -> Callable[[nodes.Declared, Callable[[int], int]], tuple[list[Line], list[list[str]]]]:
    """Writes declarations in a dialect: their lines, and the rows of each, not indented.

    Args:
        known: the dialect.
        declared: the names that are declared.
    """
    speller = Speller(known)

    def write(
        node: nodes.Declared, row: Callable[[int], int]
    ) -> tuple[list[Line], list[list[str]]]:
        lines = list(_PRINTERS[type(node)](Writer(known, declared, row), node))
        return lines, speller.spell(lines)

    return write


def plain(
    node: nodes.Declared,
    lines: Sequence[Line],
    texts: Sequence[list[str]],
    leading: Sequence[Remark],
) -> Laid:
    """A declaration that no single text has, with the comments before it."""
    rows = [
        Row(INDENT * (line.depth + (CONTINUED if at else 0)) + text)
        for line, some in zip(lines, texts, strict=True)
        for at, text in enumerate(some)
    ]
    return Laid(type(node), leading, rows, len(rows) > 1)


def _said(sheet: Sheet, parsed: Parsed, bases: Sequence[int]) -> list[_Said]:
    """The statements and comments of each declaration, by where it begins."""
    statements: list[list[Statement]] = [[] for _ in bases]
    for statement in parsed.statements:
        statements[bisect_right(bases, statement.span.start) - 1].append(statement)
    first = [sheet.row(some[0].span.start) for some in statements]
    remarks: list[list[Remark]] = [[] for _ in bases]
    for remark in sheet.remarks:
        if remark.row >= first[0]:
            remarks[bisect_right(first, remark.row) - 1].append(remark)
    return [
        _Said(tuple(some), row, tuple(kept))
        for some, row, kept in zip(statements, first, remarks, strict=True)
    ]


def _row(sheet: Sheet, base: int, offset: int) -> int:
    return sheet.row(base + offset)


def _alone(remark: Remark) -> Row:
    return Row(remark.text, "", remark.spaced)


def _joined(rows: Sequence[Row]) -> str:
    """The rows with comments that stand beside neighbours in one column."""
    columns = _columns(rows)
    text: list[str] = []
    for at, row in enumerate(rows):
        if row.spaced and at:
            text.append("")
        padding = " " * (columns[at] - cells(row.text))
        text.append(f"{row.text}{padding}{row.beside}" if row.beside else row.text)
    return "\n".join(text) + "\n"


def _columns(rows: Sequence[Row]) -> list[int]:
    """For each row the cell in which a comment beside it begins."""
    columns = [cells(row.text) + len(_BESIDE) for row in rows]
    run: list[int] = []
    for at, row in enumerate(rows):
        if not row.beside or row.spaced:
            run = []
        if row.beside:
            run.append(at)
            widest = max(columns[each] for each in run)
            for each in run:
                columns[each] = widest
    return columns
