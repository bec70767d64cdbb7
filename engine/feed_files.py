"""Reading feeds: files of other systems and spreadsheets, checked against the record that a rulebook declares."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl.dialects import NAMES, dialect
from dsl.expressions.scalars import duration_wire
from dsl.model import Field, Record
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    Duration,
    DurationType,
    DurationUnit,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    PersonType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)
from dsl.values import Records, ValueProblem, decode, encode
from engine.feeds import FeedData
from engine.people.cells import parse_answer, parse_day
from engine.people.columns import match_columns
from engine.people.directory import name_key
from engine.people.problem import ImportProblem, in_order, is_hidden, shown
from engine.people.sheet import Row, read_sheet

if TYPE_CHECKING:
    from dsl.expressions.tree import Wire
    from engine.people.directory import Directory

_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_CLOCK = re.compile(r"([0-9]{1,2}:[0-9]{2})(:00)?")
_SPAN = re.compile(r"(?P<amount>[0-9]{1,6}) ?(?P<unit>[^0-9\s][^0-9]*)")
_MAX_DIGITS = 20
_CURRENCY = re.compile(r"(?:[A-Z]{3} ?)?(?P<amount>[-0-9.,]+?)(?: ?(?:[A-Z]{3}|元))?")


class _Reading(Struct, frozen=True):
    file: str
    record: Record
    records: Records
    zone: ZoneInfo
    names: dict[str, str]

    def problem(self, code: str, row: Row, field: str, **values: object) -> ImportProblem:
        place = self.file, row.number, self.names.get(field, field)
        return ImportProblem(code, *place, shown(values))


def read_feed(
    path: Path,
    record: Record,
    records: Records,
    zone: ZoneInfo,
    directory: Directory | None = None,
) -> FeedData | tuple[ImportProblem, ...]:
    """Read a CSV or JSON file whose columns are the fields of a record, by id or by any title.

    Args:
        path: the file; `.json` holds a list of objects.
        record: what a row is.
        records: all declared records by id.
        zone: the rulebook's zone, in which a local datetime is meant.
        directory: if given, a holder, or another person, whom it does not know is warned of.

    Returns:
        The rows, or all problems of the file in order; then nothing of it may be used.
    """
    sheet = read_sheet(path)
    if isinstance(sheet, ImportProblem):
        return (sheet,)
    known = {field.id: (field.id, *field.title.values()) for field in record.fields}
    required = tuple(field.id for field in record.fields if _is_required(record, field))
    matched = match_columns(sheet, known, required)
    reading = _Reading(sheet.file, record, records, zone, matched.names)
    problems = [*sheet.problems, *matched.problems]
    rows: list[dict[str, Any]] = []
    if all(field in matched.names for field in required):
        for row in sheet.rows:
            parsed, found = _parse_row(reading, row)
            rows.append(parsed)
            problems.extend(found)
        problems.extend(_repeated_keys(reading, sheet.rows, rows))
    if problems:
        return in_order(problems, path.name)
    strangers = _strangers(reading, sheet.rows, rows, directory)
    return FeedData(tuple(rows), _held(record, rows), (*sheet.warnings, *strangers))


def _is_required(record: Record, field: Field) -> bool:
    if field.id in (record.key, record.held_by):
        return True
    return not field.optional and field.default is None


def _parse_row(reading: _Reading, row: Row) -> tuple[dict[str, Any], list[ImportProblem]]:
    parsed: dict[str, Any] = {}
    problems: list[ImportProblem] = []
    for field in reading.record.fields:
        cell = row.cells.get(reading.names.get(field.id, ""))
        wire = field.default if cell is None or cell == "" else wire_of(field.type, cell)
        if wire is None:
            if _is_required(reading.record, field):
                problems.append(reading.problem("P205", row, field.id))
            continue
        problem = _hidden(reading, row, field, wire)
        value = decode(field.type, wire, reading.records, reading.zone)
        if isinstance(value, ValueProblem):
            problem = problem or _translated(reading, row, field, value)
        elif problem is None:
            parsed[field.id] = encode(field.type, value, reading.records, reading.zone)
        if problem is not None:
            problems.append(problem)
    return parsed, problems


def _hidden(reading: _Reading, row: Row, field: Field, wire: Wire) -> ImportProblem | None:
    if isinstance(wire, str) and any(is_hidden(char) and char not in "\n\t" for char in wire):
        return reading.problem("P121", row, field.id, value=wire)
    return None


def _translated(reading: _Reading, row: Row, field: Field, problem: ValueProblem) -> ImportProblem:
    values = problem.values
    shown = values.get("value", "")
    match problem.code:
        case "E352":
            bounds = {name: values[name] for name in ("low", "high")}
            return reading.problem("P202", row, field.id, value=shown, **bounds)
        case "E353":
            options = values["options"]
            return reading.problem("P203", row, field.id, value=shown, options=options)
        case "E354":
            return reading.problem("P204", row, field.id, value=shown, currency=values["wanted"])
        case _:
            wanted = type(field.type).__struct_config__.tag
            return reading.problem("P201", row, field.id, value=shown, wanted=wanted)


def _repeated_keys(
    reading: _Reading, rows: tuple[Row, ...], parsed: list[dict[str, Any]]
) -> list[ImportProblem]:
    first: dict[object, int] = {}
    key = reading.record.key
    return [
        reading.problem("P206", row, key, value=values[key], other=first[values[key]])
        for row, values in zip(rows, parsed, strict=True)
        if key in values and first.setdefault(values[key], row.number) != row.number
    ]


def _strangers(
    reading: _Reading,
    rows: tuple[Row, ...],
    parsed: list[dict[str, Any]],
    directory: Directory | None,
) -> list[ImportProblem]:
    if directory is None:
        return []
    record = reading.record
    people = [
        one.id
        for one in record.fields
        if isinstance(one.type, PersonType) or one.id == record.held_by
    ]
    return [
        reading.problem("P207", row, field, value=values[field])
        for row, values in zip(rows, parsed, strict=True)
        for field in people
        if field in values and directory.person(str(values[field])) is None
    ]


def _held(record: Record, rows: list[dict[str, Any]]) -> dict[str, tuple[int, ...]] | None:
    if record.held_by is None:
        return None
    places: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        places.setdefault(str(row[record.held_by]), []).append(place)
    return {holder: tuple(found) for holder, found in places.items()}


def wire_of(type_: Type, cell: Wire | Decimal) -> Wire:
    """What a cell, or a text that a person typed, says in the type's wire form.

    What cannot be read so is left as it is; `dsl.values.decode` says what is wrong with it.
    """
    if isinstance(cell, Decimal):
        cell = format(cell, "f")
    if isinstance(cell, int) and not isinstance(cell, bool) and type(type_) in _NUMBERS_AS_TEXT:
        cell = str(cell)
    reader = _SPELLINGS.get(type(type_))
    if reader is None or not isinstance(cell, str):
        return cell
    read = reader(type_, unicodedata.normalize("NFKC", cell))
    return cell if read is None else read


def _ungrouped(text: str) -> str:
    return text.replace(",", "") if _GROUPED.fullmatch(text) else text


def _integer(_type: IntegerType, text: str) -> int | None:
    digits = _ungrouped(text)
    short = len(digits) <= _MAX_DIGITS and digits.removeprefix("-").isdecimal()
    return int(digits) if short else None


def _number(_type: Type, text: str) -> str:
    return _ungrouped(text)


def _money(type_: MoneyType, text: str) -> str | None:
    """A bare amount is in the currency that the record declares for its column."""
    match = _CURRENCY.fullmatch(text)
    if match is None:
        return None
    stated = text.replace(match["amount"], "").strip().replace("元", "CNY")
    return f"{_ungrouped(match['amount'])} {stated or type_.currency}"


def _percent(_type: PercentType, text: str) -> str:
    return text.replace(" %", "%")


def _date(_type: DateType, text: str) -> str | None:
    day = parse_day(text)
    return day.isoformat() if day else None


def _time(_type: TimeType, text: str) -> str | None:
    match = _CLOCK.fullmatch(text)
    return match[1].rjust(len("HH:MM"), "0") if match else None


def _datetime(_type: DateTimeType, text: str) -> str | None:
    day_text, _, clock_text = text.replace("T", " ").partition(" ")
    day, clock = parse_day(day_text), _CLOCK.fullmatch(clock_text.strip())
    if day is None or clock is None:
        return None
    return f"{day.isoformat()}T{clock[1].rjust(len('HH:MM'), '0')}"


def _duration(_type: DurationType, text: str) -> str | None:
    match = _SPAN.fullmatch(text.strip().casefold())
    if match is None:
        return None
    words = tuple(match["unit"].split())
    known = (dialect(language).spellings.get(words[0], ()) for language in NAMES)
    terminals = (one for each in known for s in each if s.words == words for one in s.terminals)
    unit = next((_UNITS[terminal] for terminal in terminals if terminal in _UNITS), None)
    return None if unit is None else duration_wire(Duration(int(match["amount"]), unit))


def _yes_no(_type: YesNoType, text: str) -> bool | None:
    return parse_answer(text)


def _choice(type_: ChoiceType, text: str) -> str | None:
    for option in type_.options:
        if name_key(text) in {name_key(name) for name in (option.id, *option.title.values())}:
            return option.id
    return None


_UNITS: dict[str, DurationUnit] = {
    "MINUTES": "minute",
    "HOURS": "hour",
    "DAYS": "day",
    "WEEKS": "week",
    "WORKING_HOURS": "working_hour",
    "WORKING_DAYS": "working_day",
}
"""The words for units, by their terminal in the dialects' tables."""
_NUMBERS_AS_TEXT = (TextType, PersonType, MoneyType)
_SPELLINGS: dict[type, Callable[[Any, str], Any]] = {
    IntegerType: _integer,
    NumberType: _number,
    MoneyType: _money,
    PercentType: _percent,
    DateType: _date,
    TimeType: _time,
    DateTimeType: _datetime,
    DurationType: _duration,
    YesNoType: _yes_no,
    ChoiceType: _choice,
}
