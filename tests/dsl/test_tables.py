"""Decision tables: what a lookup finds is what a walk over the rows finds."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dsl.expressions.axis import ORDERED, cell_value
from dsl.expressions.compile import compile_expression
from dsl.expressions.coverage import Coverage
from dsl.expressions.lookup import MOST_ENTRIES, index_of, rows_of
from dsl.expressions.tables import Column, Output, Range, Row, Same, Side, Table
from dsl.expressions.tree import TableValue
from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_text
from dsl.types import (
    ChoiceType,
    DateType,
    IntegerType,
    MoneyType,
    Option,
    TextType,
    TimeType,
    YesNoType,
)

DAY = date(2026, 1, 1)
CHOICE = ChoiceType(tuple(Option(each, {}) for each in "abc"))
COLUMNS = {
    "n": (Column("n", IntegerType(), 1, 9), st.integers(1, 9)),
    "i": (Column("i", IntegerType()), st.integers(-2, 12)),
    "m": (Column("m", MoneyType("CNY")), st.sampled_from(["0 CNY", "1.5 CNY", "2 CNY", "9 CNY"])),
    "d": (
        Column("d", DateType()),
        st.integers(0, 9).map(lambda by: (DAY + timedelta(days=by)).isoformat()),
    ),
    "t": (Column("t", TimeType()), st.sampled_from(["00:00", "09:00", "23:59"])),
    "c": (Column("c", CHOICE), st.sampled_from("abc")),
    "y": (Column("y", YesNoType()), st.booleans()),
    "x": (Column("x", TextType()), st.sampled_from(["", "one", "two"])),
}


@st.composite
def cells(draw, column, wires):
    if draw(st.booleans()):
        return ()
    ordered = isinstance(column.type, ORDERED)
    found = []
    for _ in range(draw(st.integers(1, 2))):
        kind = draw(st.sampled_from(["same", "range", "side"] if ordered else ["same"]))
        one, other = draw(wires), draw(wires)
        if kind == "same":
            found.append(Same(one))
        elif kind == "side":
            found.append(Side(draw(st.sampled_from(["<", "<=", ">", ">="])), one))
        else:
            low, high = sorted((one, other), key=lambda wire: cell_value(column.type, wire))
            found.append(Range(low, high))
    return tuple(found)


@st.composite
def tables(draw):
    names = draw(st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, max_size=3, unique=True))
    rows = [
        Row(tuple(draw(cells(*COLUMNS[name])) for name in names), (number,))
        for number in range(draw(st.integers(1, 6)))
    ]
    hit = draw(st.sampled_from(["first", "collect"]))
    columns = tuple(COLUMNS[name][0] for name in names)
    return Table("t", {}, columns, (Output("o", {}, IntegerType()),), tuple(rows), hit)


def facts_for(data, table):
    return {
        column.fact: cell_value(column.type, data.draw(COLUMNS[column.fact][1]))
        for column in table.columns
    }


def fits(column, test, value):
    match test:
        case Same(wire):
            return value == cell_value(column.type, wire)
        case Range(low, high):
            return cell_value(column.type, low) <= value <= cell_value(column.type, high)
        case Side(op, wire):
            edge = cell_value(column.type, wire)
            return {"<": value < edge, "<=": value <= edge, ">": value > edge, ">=": value >= edge}[
                op
            ]


def walked(table, facts):
    """The rows that fit, by going over all of them."""
    return [
        number
        for number, row in enumerate(table.rows)
        if all(
            not cell or any(fits(column, test, facts[column.fact]) for test in cell)
            for column, cell in zip(table.columns, row.cells, strict=True)
        )
    ]


def looked_up(table, facts):
    asked = TableValue("t", "o", tuple(column.fact for column in table.columns))
    return compile_expression(asked, {"t": table})(facts, None)


@given(tables(), st.data())
def test_a_lookup_finds_what_a_walk_finds(table, data):
    facts = facts_for(data, table)
    rows = walked(table, facts)
    if table.hit == "collect":
        assert looked_up(table, facts) == tuple(rows) == rows_of(table)(facts)
    elif rows:
        assert looked_up(table, facts) == rows[0]
        assert rows_of(table)(facts) == (rows[0],)
    else:
        with pytest.raises(LookupError):
            looked_up(table, facts)


@given(tables())
def test_a_gap_is_one_and_without_one_every_value_has_a_row(table):
    coverage = Coverage(table)
    example = coverage.gap()
    if example is not None:
        other = {None: "something else"}
        facts = {
            column.fact: other.get(value, value)
            for column, value in zip(table.columns, example, strict=True)
        }
        assert walked(table, facts) == []


@given(tables(), st.data())
def test_without_a_gap_every_value_has_a_row(table, data):
    if Coverage(table).gap() is None:
        assert walked(table, facts_for(data, table))


@given(tables(), st.data())
def test_rows_that_overlap_take_the_example_and_others_share_nothing(table, data):
    found = Coverage(table).overlaps()
    for overlap in found:
        facts = dict(zip((c.fact for c in table.columns), overlap.example, strict=True))
        if None not in facts.values():
            assert {overlap.first, overlap.second} <= set(walked(table, facts))
    if not found:
        assert len(walked(table, facts_for(data, table))) <= 1


@given(tables(), st.data())
def test_a_shadowed_row_is_never_first(table, data):
    coverage = Coverage(table)
    shadowed = [row for row in range(len(table.rows)) if coverage.is_shadowed(row)]
    assert walked(table, facts_for(data, table))[:1] not in [[row] for row in shadowed]


def test_a_table_with_many_combinations_is_not_unfolded():
    columns = tuple(Column(f"f{at}", IntegerType(), 0, 100) for at in range(4))
    rows = tuple(Row(tuple((Same(n + at),) for at in range(4)), (n,)) for n in range(40))
    table = Table(
        "t", {}, columns, (Output("o", {}, IntegerType()),), (*rows, Row(((),) * 4, (-1,))), "first"
    )
    assert index_of(table, lambda found: found).entries is None
    assert MOST_ENTRIES < 41**4
    assert looked_up(table, {"f0": 7, "f1": 8, "f2": 9, "f3": 10}) == 7
    assert looked_up(table, {"f0": 7, "f1": 8, "f2": 9, "f3": 11}) == -1
    with pytest.raises(LookupError):
        looked_up(table, {"f0": 101, "f1": 0, "f2": 0, "f3": 0})


HEAD = """rulebook test "Test"
  version 1.0.0
  currency CNY
role leaver "Leaver" is subject
fact level "Level" integer 1..15
fact pay "Pay" money default 0 CNY
"""
REST = """item keys "Keys"
  applies when {condition}
  from leaver to leaver
process exit "Exit"
  started by leaver
  managed by leaver
  first items
"""
NOTICE = """table notice "Notice" {hit}
  given level 1..15, pay
  gives days integer
  gives form choice short "Short", long "Long"
  | level | pay        | days | form  |
  | 1..6  | any        | 7    | short |
  | 7..15 | < 500 CNY  | 14   | short |
  | 7..15 | >= 500 CNY | 30   | long  |
"""
FACTS = {"level": 7, "pay": Decimal(500)}


def condition(text, hit="unique"):
    found = check_source(of_text("t", HEAD + NOTICE.format(hit=hit) + REST.format(condition=text)))
    assert found.checked is not None, found.diagnostics
    rulebook = found.checked.rulebook
    tables = {table.id: table for table in rulebook.tables}
    return compile_expression(rulebook.items[0].applies, tables)


@pytest.mark.parametrize(
    "text",
    ["notice.days = 30", "notice.form = long", "notice.days * 2 > level", "30 >= notice.days",
     "known notice.days", "notice.form in [short, long]"],
)  # fmt: skip
def test_a_condition_reads_what_a_table_gives(text):
    assert condition(text)(FACTS, None) is True


@pytest.mark.parametrize(
    ("text", "expected"),
    [("count of notice.days = 1", True), ("sum of notice.days = 30", True),
     ("30 in notice.days", True), ("7 in notice.days", False), ("short in notice.form", False),
     ("(sum of notice.days) in [1, 30]", True)],
)  # fmt: skip
def test_what_a_table_collects_is_counted_summed_and_searched(text, expected):
    assert condition(text, "collect")(FACTS, None) is expected


def test_cells_between_tabs_read_like_cells_between_bars():
    barred = HEAD + NOTICE.format(hit="unique") + REST.format(condition="notice.days > 7")
    lines = [line.strip().strip("|") if "|" in line else line for line in barred.splitlines()]
    pasted = "\n".join("\t".join(part.strip() for part in line.split("|")) for line in lines) + "\n"
    assert "|" not in pasted
    one, other = (check_source(of_text("t", text)).checked for text in (barred, pasted))
    assert one is not None
    assert one.rulebook == other.rulebook
    assert format_source(of_text("t", pasted)).text == format_source(of_text("t", barred)).text


def test_the_cells_of_a_column_are_printed_equally_wide():
    text = HEAD + NOTICE.format(hit="unique").replace("short", "短期")
    rows = [line for line in format_source(of_text("t", text)).text.splitlines() if "|" in line]
    assert rows == [
        "  | level | pay        | days | form |",
        "  | 1..6  | any        | 7    | 短期 |",
        "  | 7..15 | < 500 CNY  | 14   | 短期 |",
        "  | 7..15 | >= 500 CNY | 30   | long |",
    ]
