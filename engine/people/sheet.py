"""A CSV or JSON file as rows of named cells, before anybody asks what the cells mean."""

from __future__ import annotations

import codecs
import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NoReturn

from msgspec import Struct
from msgspec.structs import replace

from engine.people.cells import cell_text
from engine.people.problem import ImportProblem, visible

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MAX_BYTES = 32 * 1024 * 1024
MAX_ROWS = 200_000
MAX_COLUMNS = 500
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_DELIMITERS = ",;\t，"
_FIRST_ROW = 2
_MAX_EXPONENT = 30


class Row(Struct, frozen=True):
    """One row: its number as `ImportProblem.row` counts, its cells by column name.

    Cells of CSV are texts; cells of JSON whatever stood there, decimals as `Decimal`.
    """

    number: int
    cells: dict[str, Any]


class Sheet(Struct, frozen=True):
    """A file's rows.

    `columns` as written and in order, of JSON all names that occur; `header` is their row, None for
    JSON.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    header: int | None = 1
    problems: tuple[ImportProblem, ...] = ()
    warnings: tuple[ImportProblem, ...] = ()


class _TwiceError(ValueError):
    """One name stands twice in one object."""


def read_sheet(path: Path) -> Sheet | ImportProblem:
    """Read a file: `.json` holds a list of objects, anything else is CSV.

    CSV may be parted by commas of either width, semicolons or tabs and be written in UTF-8, UTF-16 with a mark, or
    GB18030, which is said in a warning. Empty rows are left out but counted.
    """
    content = _read(path)
    if isinstance(content, ImportProblem):
        return content
    if content.startswith(_ARCHIVES):
        return ImportProblem("P104", path.name, None, None, {})
    decoded = _decode(content)
    if decoded is None:
        return ImportProblem("P105", path.name, None, None, {})
    text, encoding = decoded
    json_like = path.suffix.lower() == ".json"
    sheet = _from_json(path.name, text) if json_like else _from_csv(path.name, text)
    if isinstance(sheet, Sheet) and encoding == "gb18030":
        warning = ImportProblem("P160", path.name, None, None, {})
        return replace(sheet, warnings=(warning,))
    return sheet


def read_json(path: Path) -> object:
    """The JSON value that a file holds, decimals as `Decimal`, or an `ImportProblem`."""
    content = _read(path)
    if isinstance(content, ImportProblem):
        return content
    decoded = _decode(content)
    if decoded is None:
        return ImportProblem("P105", path.name, None, None, {})
    found = _parsed(path.name, decoded[0])
    named = path.suffix.lower() == ".json"
    if isinstance(found, ImportProblem) and found.code == "P110" and not named:
        return ImportProblem("P119", path.name, None, None, {"file": visible(path.name)})
    return found


def _read(path: Path) -> bytes | ImportProblem:
    def problem(code: str, **values: object) -> ImportProblem:
        shown = {name: visible(value) for name, value in values.items()}
        return ImportProblem(code, path.name, None, None, shown)

    try:
        if not path.exists():
            return problem("P101", path=path)
        if not path.is_file():
            return problem("P102", path=path)
        if path.stat().st_size > MAX_BYTES:
            return problem("P103", limit=MAX_BYTES // (1024 * 1024))
        return path.read_bytes()
    except (OSError, ValueError):
        return problem("P102", path=path)


def _decode(content: bytes) -> tuple[str, str] | None:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    return None


def _from_csv(file: str, text: str) -> Sheet | ImportProblem:
    records: list[list[str]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for record in reader:
            records.append([cell_text(cell) for cell in record])
            if len(records) > MAX_ROWS + 1:
                return ImportProblem("P109", file, None, None, {"limit": str(MAX_ROWS)})
    except csv.Error:
        return ImportProblem("P106", file, len(records) + 1, None, {})
    if not records or not any(records[0]):
        return ImportProblem("P108", file, None, None, {})
    return _too_wide(file, records[0]) or _named(file, records[0], records[1:])


def _too_wide(file: str, columns: Sequence[str]) -> ImportProblem | None:
    if len(columns) <= MAX_COLUMNS:
        return None
    values = {"limit": str(MAX_COLUMNS), "found": str(len(columns))}
    return ImportProblem("P118", file, None, None, values)


def _named(file: str, header: list[str], records: list[list[str]]) -> Sheet:
    first = {name: i for i, name in reversed(list(enumerate(header)))}
    problems = [
        ImportProblem("P112", file, 1, None, {"column": visible(name)})
        for i, name in enumerate(header)
        if name and first[name] < i
    ]
    problems += [
        ImportProblem("P113", file, 1, None, {"number": str(i + 1)})
        for i, name in enumerate(header)
        if not name and any(record[i : i + 1] not in ([], [""]) for record in records)
    ]
    rows: list[Row] = []
    for number, record in enumerate(records, _FIRST_ROW):
        if any(record[len(header) :]):
            values = {"found": str(len(record)), "expected": str(len(header))}
            problems.append(ImportProblem("P107", file, number, None, values))
        elif any(record):
            padded = record + [""] * (len(header) - len(record))
            rows.append(Row(number, {name: padded[i] for i, name in enumerate(header) if name}))
    columns = tuple(dict.fromkeys(name for name in header if name))
    return Sheet(file, columns, tuple(rows), 1, tuple(problems))


def _delimiter(text: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=header.count)


def _from_json(file: str, text: str) -> Sheet | ImportProblem:
    content = _parsed(file, text)
    if isinstance(content, ImportProblem):
        return content
    if not isinstance(content, list) or not all(isinstance(entry, dict) for entry in content):
        return ImportProblem("P111", file, None, None, {})
    if len(content) > MAX_ROWS:
        return ImportProblem("P109", file, None, None, {"limit": str(MAX_ROWS)})
    rows = tuple(
        Row(number, {cell_text(name): _json_cell(cell) for name, cell in entry.items()})
        for number, entry in enumerate(content, 1)
    )
    columns = tuple(dict.fromkeys(name for row in rows for name in row.cells))
    return _too_wide(file, columns) or Sheet(file, columns, rows, None)


def _parsed(file: str, text: str) -> object:
    try:
        return json.loads(
            text,
            parse_float=_decimal,
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except _TwiceError as error:
        return ImportProblem("P112", file, None, None, {"column": visible(error)})
    except json.JSONDecodeError as error:
        values = {"line": str(error.lineno), "position": str(error.colno)}
        return ImportProblem("P110", file, None, None, values)
    except (ValueError, ArithmeticError, RecursionError):
        return ImportProblem("P114", file, None, None, {})


def _json_cell(cell: object) -> object:
    return cell_text(cell) if isinstance(cell, str) else cell


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in pairs:
        if name in result:
            raise _TwiceError(name)
        result[name] = value
    return result


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if abs(number.adjusted()) > _MAX_EXPONENT:
        raise ValueError(text)
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
