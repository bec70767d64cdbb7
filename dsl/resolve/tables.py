"""Decision tables: their columns, and rows whose cells have the types and units of the columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from dsl import model, nodes
from dsl.diagnostic import Fix, Value
from dsl.dialects import dialect
from dsl.expressions import tables, tree
from dsl.expressions.axis import ORDERED, cell_value, wires_in
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.frame import describe
from dsl.resolve.types import resolve_type, titles_of, wire_value
from dsl.source import Span
from dsl.types import ChoiceType, DateTimeType, FileType, ListType, RoleType, SeveralType, Type

MOST_ROWS = 1_000
_NEVER = (DateTimeType, FileType, ListType, SeveralType)
"""Types of which a cell cannot name a value."""


class _Grid(NamedTuple):
    """The columns in the order of the rows: where each declared column stands in them."""

    inputs: Mapping[str, int]
    outputs: Mapping[str, int]
    width: int


def resolve_outputs(desk: Desk, node: nodes.Table) -> tuple[tables.Output, ...] | None:
    """What a table gives, by name; None if a type is wrong, which has been reported."""
    found: dict[str, tables.Output] = {}
    first: dict[str, nodes.Name] = {}
    for each in node.gives:
        if _twice(desk, each.id, first):
            continue
        type_ = _output_type(desk, each)
        if type_ is not None:
            titles = titles_of(desk, each.title or each.id, each.titles)
            found[each.id.text] = tables.Output(each.id.text, titles, type_)
    return tuple(found.values()) if len(found) == len(node.gives) else None


def resolve_table(desk: Desk, node: nodes.Table) -> model.Table | None:
    """A table with its rows."""
    columns = _columns(desk, node)
    outputs = desk.book.outputs.get(node.id.text)
    header, *rows = node.rows or (None,)
    if not _is_whole(desk, node, rows) or columns is None or outputs is None or header is None:
        return None
    grid = _grid(desk, header, [each.fact for each in columns], [each.id for each in outputs])
    if grid is None or len(rows) > MOST_ROWS:
        return None
    found = [_row(desk, each, grid, columns, outputs) for each in rows]
    for number, row in enumerate(rows):
        desk.place(f"rows.{number}", row)
    kept = tuple(row for row in found if row is not None)
    if len(kept) < len(rows):
        return None
    return model.Table(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        columns,
        outputs,
        kept,
        node.hit or "unique",
        node.because.text if node.because else None,
    )


def _is_whole(desk: Desk, node: nodes.Table, rows: Sequence[nodes.Row]) -> bool:
    kind = desk.keyword("table")
    for clause, there in (("table_given", node.given), ("gives", node.gives), ("row", rows)):
        if not there:
            desk.missing(clause, node.id, kind)
            return False
    if len(rows) > MOST_ROWS:
        desk.error("E428", rows[MOST_ROWS], {"count": len(rows), "limit": MOST_ROWS}, hint=True)
    return True


def _twice(desk: Desk, name: nodes.Name, first: dict[str, nodes.Name]) -> bool:
    """True if the name stands in the table already, which is reported."""
    if name.text not in first:
        first[name.text] = name
        return False
    label = desk.label(first[name.text], "E202.first")
    desk.error("E202", name, {"name": name.text}, others=(label,), variant="listed")
    return True


def _output_type(desk: Desk, node: nodes.Gives) -> Type | RoleType | None:
    if isinstance(node.type, nodes.RoleWord):
        return RoleType()
    type_ = resolve_type(desk, node.type)
    if type_ is None or not isinstance(type_, _NEVER):
        return type_
    desk.error("E424", node.type, {"type": describe(type_)}, variant="type", hint=True)
    return None


def _columns(desk: Desk, node: nodes.Table) -> tuple[tables.Column, ...] | None:
    first: dict[str, nodes.Name] = {}
    found = [_column(desk, each) for each in node.given if not _twice(desk, each.fact, first)]
    columns = tuple(each for each in found if each is not None)
    return columns if len(columns) == len(node.given) else None


def _column(desk: Desk, node: nodes.Given) -> tables.Column | None:
    fact_id = desk.find("fact", node.fact)
    fact = desk.book.facts.get(fact_id or "")
    if fact is None:
        return None
    if isinstance(fact.type, _NEVER):
        desk.error("E424", node, {"type": describe(fact.type)}, variant="type", hint=True)
        return None
    if not _type_is(desk, node, fact.type):
        return None
    low, high = getattr(fact.type, "low", None), getattr(fact.type, "high", None)
    if node.low is None or node.high is None:
        return tables.Column(fact.id, fact.type, low, high)
    ends = _ends(desk, fact.type, node, (node.low, node.high))
    return None if ends is None else tables.Column(fact.id, fact.type, *ends)


def _type_is(desk: Desk, node: nodes.Given, type_: Type) -> bool:
    """True if a type that stands beside the fact is the fact's own."""
    said = None if node.type is None else resolve_type(desk, node.type)
    if said is None or node.type is None or type(said) is type(type_):
        return True
    values: dict[str, Value] = {"wanted": describe(type_), "found": describe(said)}
    symbol = desk.book.of("fact")[node.fact.text]
    desk.error("E301", node.type, values, others=(desk.declared(symbol, "label.declared"),))
    return False


def _ends(
    desk: Desk, type_: Type, node: nodes.Node, ends: tuple[nodes.Value, nodes.Value]
) -> tuple[tree.Wire, tree.Wire] | None:
    """Both ends of a range, the lower one first; None if they cannot be, which is reported."""
    low = wire_value(desk, type_, ends[0])
    # One range that does not fit is one mistake.
    high = None if low is None else wire_value(desk, type_, ends[1])
    if low is None or high is None:
        return None
    if not isinstance(type_, ORDERED):
        _no_order(desk, node, type_)
        return None
    if cell_value(type_, low) > cell_value(type_, high):
        desk.error("E424", node, {"low": str(low), "high": str(high)}, variant="range", hint=True)
        return None
    return low, high


def _grid(
    desk: Desk, header: nodes.Row, inputs: Sequence[str], outputs: Sequence[str]
) -> _Grid | None:
    """Where each column stands in the rows, by the first of them."""
    wanted = [*inputs, *outputs]
    names = [_heading(cell, wanted) for cell in header.cells]
    for name in filter(None, names):
        _use_heading(desk, name)
    first: dict[str, nodes.Name] = {}
    known = [name for name in names if name is not None and not _twice(desk, name, first)]
    if None in names:
        _wrong_heading(desk, header, wanted)
    if len(known) < len(names):
        return None
    lacking = [name for name in wanted if name not in first]
    if lacking:
        values: dict[str, Value] = {"columns": desk.terms(lacking)}
        desk.error("E421", header, values, variant="lacking", hint=True)
        return None
    place = {name.text: at for at, name in enumerate(known)}
    return _Grid(
        {name: place[name] for name in inputs}, {name: place[name] for name in outputs}, len(names)
    )


def _heading(cell: nodes.Cell, wanted: list[str]) -> nodes.Name | None:
    """The name of a column in a cell of the first row."""
    match cell.tests:
        case (nodes.Path((name,)),) if name.text in wanted:
            return name
        case _:
            return None


def _use_heading(desk: Desk, name: nodes.Name) -> None:
    is_fact = name.text in desk.book.of("fact")
    of = None if is_fact else desk.path.partition(".")[2]
    desk.use("fact" if is_fact else "output", name, of)


def _wrong_heading(desk: Desk, header: nodes.Row, wanted: list[str]) -> None:
    """Reports the cells of the first row that name no column, together: they have one cause."""
    wrong = [cell for cell in header.cells if _heading(cell, wanted) is None]
    values: dict[str, Value] = {"columns": desk.terms(wanted)}
    if len(wrong) == len(header.cells) > 1:
        row = f"| {' | '.join(wanted)} |"
        edits = desk.edit(Span(header.span.start, header.span.start), f"{row}\n  ")
        fix = Fix("fix.heading", edits, {"row": row})
        desk.error("E421", header, values, hint=True, variant="headless", fix=fix)
        return
    cell, *further = wrong
    match cell.tests:
        case (nodes.Path((name,)),) if not further:
            values["name"] = name.text
            desk.error("E421", name, values, hint=True, fix=desk.rename(name, wanted))
        case _:
            others = tuple(desk.label(each, "label.again") for each in further)
            desk.error("E421", cell, values, hint=True, variant="heading", others=others)


def _row(
    desk: Desk,
    node: nodes.Row,
    grid: _Grid,
    columns: Sequence[tables.Column],
    outputs: Sequence[tables.Output],
) -> tables.Row | None:
    if len(node.cells) != grid.width:
        values = {"count": len(node.cells), "wanted": grid.width}
        desk.error("E422", node, values, hint=True)
        return None
    cells = [_cell(desk, each, node.cells[grid.inputs[each.fact]]) for each in columns]
    gives = [_gives(desk, each, node.cells[grid.outputs[each.id]]) for each in outputs]
    kept = tuple(cell for cell in cells if cell is not None)
    given = tuple(wire for wire in gives if wire is not None)
    if len(kept) < len(cells) or len(given) < len(gives):
        return None
    return tables.Row(kept, given)


def _cell(desk: Desk, column: tables.Column, node: nodes.Cell) -> tables.Cell | None:
    if not node.tests:
        word = desk.keyword("any")
        text = f" {dialect(desk.language(node)).written['ANYTHING']} |"
        fix = Fix("fix.any", desk.edit(node, text), {"any": word})
        desk.error("E423", node, {"any": word, "column": column.fact}, hint=True, fix=fix)
        return None
    if any(isinstance(test, nodes.AnyCell) for test in node.tests):
        if len(node.tests) > 1:
            values: dict[str, Value] = {"any": desk.keyword("any")}
            desk.error("E423", node, values, hint=True, variant="besides")
        return ()
    found = [_test(desk, column, test) for test in node.tests]
    kept = tuple(test for test in found if test is not None)
    return kept if len(kept) == len(found) else None


def _test(desk: Desk, column: tables.Column, node: nodes.TestNode) -> tables.Test | None:
    found: tables.Test | None
    match node:
        case nodes.RangeCell(low, high):
            ends = _ends(desk, column.type, node, (low, high))
            found = None if ends is None else tables.Range(*ends)
        case nodes.SideCell():
            found = _side(desk, column.type, node)
        case nodes.AnyCell():
            return None
        case nodes.Path((name,)) if _is_rest(desk, column.type, name):
            word = dialect(desk.language(name)).written["ANYTHING"]
            fix = Fix("fix.any", desk.edit(name, word), {"any": word})
            values: dict[str, Value] = {"any": word, "name": name.text}
            desk.error("E423", name, values, variant="rest", fix=fix)
            return None
        case _:
            wire = wire_value(desk, column.type, node)
            found = None if wire is None else tables.Same(wire)
    return found if found is not None and _is_inside(desk, column, node, found) else None


def _is_rest(desk: Desk, type_: Type, name: nodes.Name) -> bool:
    """True for `other`, where that is no option of the column."""
    options = type_.options if isinstance(type_, ChoiceType) else ()
    said = ((name.text,), "ANYTHING") in dialect(desk.language(name)).instead
    return said and all(option.id != name.text for option in options)


def _side(desk: Desk, type_: Type, node: nodes.SideCell) -> tables.Side | None:
    wire = wire_value(desk, type_, node.value)
    if wire is None or isinstance(type_, ORDERED):
        return None if wire is None else tables.Side(node.op, wire)
    _no_order(desk, node, type_)
    return None


def _no_order(desk: Desk, node: nodes.Node, type_: Type) -> None:
    values: dict[str, Value] = {"type": describe(type_), "any": desk.keyword("any")}
    desk.error("E424", node, values, variant="order", hint=True)


def _is_inside(desk: Desk, column: tables.Column, node: nodes.Node, test: tables.Test) -> bool:
    """True if what a cell names lies within what the column declares."""
    if column.low is None or column.high is None:
        return True
    low, high = (cell_value(column.type, wire) for wire in (column.low, column.high))
    for wire in wires_in(test):
        if not low <= cell_value(column.type, wire) <= high:
            values = {"value": str(wire), "low": str(column.low), "high": str(column.high)}
            desk.error("E352", node, values)
            return False
    return True


def _gives(desk: Desk, output: tables.Output, node: nodes.Cell) -> tree.Wire:
    """The value of one output; None if it is none, which is reported."""
    value = node.tests[0] if len(node.tests) == 1 else None
    if isinstance(output.type, RoleType):
        if isinstance(value, nodes.Path) and len(value.names) == 1:
            return desk.find("role", value.names[0])
    elif isinstance(value, nodes.Literals | nodes.Path):
        return wire_value(desk, output.type, value)
    variant = "role" if isinstance(output.type, RoleType) else "value"
    desk.error("E423", node, {"column": output.id}, variant=variant, hint=True)
    return None
