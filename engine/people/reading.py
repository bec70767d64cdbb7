"""Reading the people file and the department file: all of it, or every problem that it has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic

from msgspec import Struct

from engine.people.cells import cell_text
from engine.people.columns import (
    DEPARTMENTS,
    DEPARTMENTS_REQUIRED,
    PEOPLE,
    PEOPLE_REQUIRED,
    match_columns,
)
from engine.people.directory import Department, Directory, Person, directory_of
from engine.people.problem import ImportProblem, in_order
from engine.people.review import (
    Known,
    Table,
    alike,
    known_people,
    review_departments,
    review_offices,
    review_people,
)
from engine.people.rows import DepartmentRow, Located, Model, PersonRow, parse_row
from engine.people.sheet import Row, Sheet, read_sheet

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from engine.people.columns import Names


class PeopleFile(Struct, frozen=True):
    """What the files hold. Warnings do not keep anybody from importing it."""

    persons: tuple[Person, ...]
    departments: tuple[Department, ...]
    warnings: tuple[ImportProblem, ...] = ()

    def directory(self) -> Directory:
        """The same people, indexed."""
        return directory_of(self.persons, self.departments)


class _Loaded(Struct, Generic[Model], frozen=True):
    table: Table
    sheet: Sheet
    rows: list[Located[Model]]
    problems: list[ImportProblem]


def read_people(
    people: Path, departments: Path | None = None
) -> PeopleFile | tuple[ImportProblem, ...]:
    """Read and check both files.

    Args:
        people: CSV or JSON, one row a person; `engine.people.columns.PEOPLE` names the columns.
        departments: CSV or JSON, one row a department. Without it the departments are those that
            the people work in, and their heads those marked in the people file.

    Returns:
        The people, or all problems of both files in order; then nothing of them may be used.
    """
    staff = _load(people, (PEOPLE, PEOPLE_REQUIRED), PersonRow)
    offices = None
    if departments is not None:
        offices = _load(departments, (DEPARTMENTS, DEPARTMENTS_REQUIRED), DepartmentRow)
    problems = _problems(staff, offices)
    if problems or isinstance(staff, ImportProblem) or isinstance(offices, ImportProblem):
        return in_order(problems, people.name)
    warnings = [*staff.sheet.warnings, *alike(staff.table, staff.rows)]
    if offices is not None:
        warnings += offices.sheet.warnings
    return PeopleFile(
        tuple(_person(row.value) for row in staff.rows),
        _departments(staff.rows, offices.rows if offices else []),
        in_order(warnings, people.name),
    )


def _load(
    path: Path, columns: tuple[Mapping[str, Names], tuple[str, ...]], model: type[Model]
) -> _Loaded[Model] | ImportProblem:
    sheet = read_sheet(path)
    if isinstance(sheet, ImportProblem):
        return sheet
    if not sheet.rows:
        return ImportProblem("P108", sheet.file, None, None, {})
    matched = match_columns(sheet, *columns)
    rows: list[Located[Model]] = []
    problems = [*sheet.problems, *matched.problems]
    required_missing = any(field not in matched.names for field in columns[1])
    for row in () if required_missing else sheet.rows:
        parsed = parse_row(sheet.file, row, matched.names, model)
        if isinstance(parsed, Located):
            rows.append(parsed)
        else:
            problems.extend(parsed)
    return _Loaded(Table(sheet.file, matched.names), sheet, rows, problems)


def _problems(
    staff: _Loaded[PersonRow] | ImportProblem,
    offices: _Loaded[DepartmentRow] | ImportProblem | None,
) -> list[ImportProblem]:
    found: list[ImportProblem] = []
    known = None
    if isinstance(staff, ImportProblem):
        found.append(staff)
    else:
        found += staff.problems
        if all(field in staff.table.names for field in PEOPLE_REQUIRED):
            known = _known(staff)
            found += review_people(staff.table, staff.rows, known)
    if isinstance(offices, ImportProblem):
        found.append(offices)
    elif offices is not None:
        found += [*offices.problems, *review_departments(offices.table, offices.rows, known)]
    if isinstance(staff, _Loaded) and not isinstance(offices, ImportProblem):
        found += review_offices(staff.table, staff.rows, _heads(offices))
    return found


def _known(staff: _Loaded[PersonRow]) -> Known:
    """Also those whose row has a problem elsewhere: one mistake shall not look like several."""
    return known_people(
        (row.number, _raw(staff, row, "id"), _raw(staff, row, "name")) for row in staff.sheet.rows
    )


def _raw(staff: _Loaded[PersonRow], row: Row, field: str) -> str:
    cell = row.cells.get(staff.table.names.get(field, ""))
    return "" if cell is None else cell_text(str(cell))


def _heads(offices: _Loaded[DepartmentRow] | None) -> dict[str, str | None] | None:
    if offices is None or offices.problems:
        return None
    return {row.value.name: row.value.head for row in offices.rows}


def _person(row: PersonRow) -> Person:
    values: dict[str, Any] = row.model_dump(exclude={"heads"})
    return Person(**values)


def _departments(
    staff: list[Located[PersonRow]], offices: list[Located[DepartmentRow]]
) -> tuple[Department, ...]:
    marked = {row.value.department: row.value.id for row in staff if row.value.heads}
    listed = {row.value.name: row.value for row in offices}
    worked_in = {row.value.department for row in staff if row.value.department}
    return tuple(
        Department(
            name,
            (listed[name].head if name in listed else None) or marked.get(name),
            listed[name].parent if name in listed else None,
        )
        for name in sorted({*worked_in, *listed})
    )
