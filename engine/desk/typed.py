"""Values as people type them, into the form that commands carry."""

from __future__ import annotations

import csv
from collections.abc import Callable
from io import StringIO
from typing import cast

import msgspec

from dsl.expressions.tree import Wire
from dsl.model import Field, Titles
from dsl.types import DateTimeType, ListType, PersonType, RecordType, Type
from dsl.values import ValueProblem, decode, encode
from engine.case_input import Declared, InputProblem
from engine.feed_files import wire_of
from engine.program import Program

PersonOf = Callable[[str], str]
"""The id of a person given by id or name; what nobody bears is given back as it is."""


def typed_value(
    program: Program, declared: Declared, text: str, person_of: PersonOf
) -> Wire | InputProblem:
    """One value in wire form, or why it is none.

    A list of records is typed as a table: one record a line, its fields parted by tabs or commas in
    the order of the record's declaration; or as JSON, as in a document of facts.
    """
    if isinstance(declared.type, ListType):
        fields = program.records[declared.type.record].fields
        wire: Wire = (
            _json(text)
            if text.lstrip().startswith("[")
            else [_row(fields, cells, person_of) for cells in table_cells(text)]
        )
    else:
        wire = _wire(declared.type, text, person_of)
    value = decode(declared.type, wire, program.records, program.zone)
    if isinstance(value, ValueProblem):
        place = (declared.title, *_place(program, declared.type, value))
        return InputProblem("P304", place, value.values, value.code)
    return encode(declared.type, value, program.records, program.zone)


def _json(text: str) -> Wire:
    """What a text is in JSON; the text itself, which is no list, if it is none."""
    try:
        return cast("Wire", msgspec.json.decode(text))
    except msgspec.DecodeError:
        return text


def table_cells(text: str) -> list[list[str]]:
    """The cells of a table that was typed or pasted; empty lines are left out."""
    delimiter = "\t" if "\t" in text else ","
    rows = csv.reader(StringIO(text.replace("，", ",")), delimiter=delimiter)
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _row(fields: tuple[Field, ...], cells: list[str], person_of: PersonOf) -> Wire:
    given = zip(fields, cells, strict=False)
    return {field.id: _wire(field.type, cell, person_of) for field, cell in given if cell}


def _wire(type_: Type, text: str, person_of: PersonOf) -> Wire:
    return wire_of(
        type_, person_of(text.strip()) if isinstance(type_, PersonType) else text.strip()
    )


def _place(program: Program, type_: Type, problem: ValueProblem) -> list[Titles | int]:
    """The titles that lead to a value inside a list; records count from 1."""
    found: list[Titles | int] = []
    for step in problem.path:
        if isinstance(step, int):
            found.append(step + 1)
            continue
        assert isinstance(type_, ListType | RecordType)
        fields = {one.id: one for one in program.records[type_.record].fields}
        found.append(fields[step].title if step in fields else {"en": step})
    return found


def written(program: Program, type_: Type, wire: Wire) -> str:
    """A wire value as a field holds it, so that it can be read back."""
    if isinstance(wire, bool):
        return "yes" if wire else "no"
    if isinstance(type_, ListType) and isinstance(wire, list):
        fields = program.records[type_.record].fields
        rows = (row for row in wire if isinstance(row, dict))
        return "\n".join("\t".join(_cell(row.get(one.id)) for one in fields) for row in rows)
    return str(wire).replace("T", " ") if isinstance(type_, DateTimeType) else str(wire)


def _cell(wire: Wire) -> str:
    if wire is None:
        return ""
    return ("yes" if wire else "no") if isinstance(wire, bool) else str(wire)
