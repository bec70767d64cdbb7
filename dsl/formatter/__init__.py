"""A text in its one canonical form, in its own dialect or in the other.

Nodes are printed line by line; what nodes do not keep (comments, empty rows, the places where a list
was broken) is put back from the rows of the text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from msgspec import Struct

from dsl import nodes
from dsl.diagnostic import Diagnostic
from dsl.dialects import DialectName, dialect
from dsl.formatter import calendars, clauses, heads, processes, rules, scenarios, tables, tailoring
from dsl.formatter.block import Block, Row
from dsl.formatter.pieces import Line, Writer
from dsl.formatter.quoting import Speller
from dsl.formatter.sheet import Remark, Sheet
from dsl.formatter.switching import declared_names, switched
from dsl.layers import NOTHING, Layer, Shelf, stack
from dsl.parser import Parsed, Statement, parse
from dsl.source import Source, cells

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


class Formatted(Struct, frozen=True):
    """A text in its canonical form; None if it cannot be formatted, and then why."""

    text: str | None
    diagnostics: tuple[Diagnostic, ...]


def format_source(
    source: Source, to: DialectName | None = None, shelf: Shelf = NOTHING
) -> Formatted:
    """The canonical form of a text without errors of syntax.

    Args:
        source: the text.
        to: the dialect to write; None for that of the text.
        shelf: finds the bases that the text extends; what its names mean in the other dialect
            depends on what is declared there.
    """
    parsed = parse(source)
    rulebook = parsed.rulebook
    if rulebook is None or any(found.severity == "error" for found in parsed.diagnostics):
        return Formatted(None, parsed.diagnostics)
    wanted, declared = dialect(to or rulebook.dialect), declared_names(rulebook)
    if wanted.name != rulebook.dialect:
        layers = stack(Layer(source, parsed, rulebook), shelf, parse)
        rulebook, problems, declared = switched(layers, wanted)
        if problems:
            return Formatted(None, problems)
    return Formatted(_printed(Sheet(source), rulebook, parsed, declared), ())


class _Said(NamedTuple):
    """What the text has of one declaration: its statements, first row, and comments from there on."""

    statements: tuple[Statement, ...]
    row: int
    remarks: tuple[Remark, ...]


def _printed(
    sheet: Sheet, rulebook: nodes.Rulebook, parsed: Parsed, declared: frozenset[str]
) -> str:
    declarations = list(_declarations(rulebook))
    said = _said(sheet, parsed, [base for base, _ in declarations])
    blocks = list(_blocks(sheet, rulebook, said, declared))
    rows: list[Row] = []
    before: tuple[type, bool] | None = None
    leading = [remark for remark in sheet.remarks if remark.row < said[0].row]
    for (_, declaration), one, block in zip(declarations, said, blocks, strict=True):
        behind = block.take(one.remarks)
        kind = (type(declaration), block.is_long())
        spaced = leading[0].spaced if leading else sheet.is_spaced(one.row)
        apart = before is not None and (spaced or before != kind or block.is_long())
        more = [*map(_alone, leading), *block.rows(led=bool(leading))]
        rows.extend((more[0]._replace(spaced=apart), *more[1:]))
        before, leading = kind, behind
    return _joined([*rows, *map(_alone, leading)])


def _declarations(rulebook: nodes.Rulebook) -> Iterator[tuple[int, nodes.Declared]]:
    if rulebook.header is not None:
        yield 0, rulebook.header
    parts = [(part.start, part.declaration) for part in rulebook.parts if part.declaration]
    changes = [(part.start, part.tailoring) for part in rulebook.tailoring]
    yield from sorted((*parts, *changes), key=lambda found: found[0])


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


def _blocks(
    sheet: Sheet, rulebook: nodes.Rulebook, said: Sequence[_Said], declared: frozenset[str]
) -> Iterator[Block]:
    known = dialect(rulebook.dialect)
    speller = Speller(known)
    for (base, declaration), one in zip(_declarations(rulebook), said, strict=True):
        writer = Writer(known, declared, partial(_row, sheet, base))
        lines = list(_PRINTERS[type(declaration)](writer, declaration))
        yield Block(lines, speller.spell(lines), one.statements, base, sheet)


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
