"""Writing people and departments as CSV that an import reads back."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import msgspec

from engine.people.cells import safe_cell
from engine.people.columns import DEPARTMENTS, PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dsl.catalogue import Language
    from engine.people.columns import Names
    from engine.people.directory import Directory

_NAME = {"en": 0, "zh": 1}


def people_csv(directory: Directory, language: Language) -> str:
    """Everybody, with column names in a language; heads of departments are in the other file."""
    columns = {field: names for field, names in PEOPLE.items() if field != "heads"}
    return _csv(columns, language, map(msgspec.structs.asdict, directory.persons.values()))


def departments_csv(directory: Directory, language: Language) -> str:
    """Every department with its head and its parent."""
    return _csv(DEPARTMENTS, language, map(msgspec.structs.asdict, directory.departments.values()))


def _csv(
    columns: Mapping[str, Names], language: Language, entries: Iterable[Mapping[str, object]]
) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([names[_NAME[language]] for names in columns.values()])
    for entry in entries:
        writer.writerow([safe_cell(_cell(entry[field])) for field in columns])
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return ";".join(value)
    return "" if value is None else str(value)
