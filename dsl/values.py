"""Values between their wire form (JSON), Python and the screen, by their static type.

| type | wire | Python |
|---|---|---|
| text, person, department, choice, file | `"…"` (an option's id, a SHA-256) | str |
| integer | `7` | int |
| number | `"12.50"` (or a JSON integer) | Decimal |
| percent | `"60%"` | Decimal(60) |
| money | `"18000 CNY"` | Decimal |
| date | `"2026-03-31"` | date |
| time | `"18:00"` | time |
| datetime | `"2026-03-31T18:00"`, local to the rulebook's zone | aware datetime in UTC |
| duration | `"2 working days"` | Duration |
| yes/no | `true` | bool |
| list | `[{"field": …}]` | list of dicts, defaults filled in |

A field that is optional and has no value is absent from its record's dict.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from dsl.catalogue import MESSAGES, Language
from dsl.diagnostic import Term, Terms
from dsl.expressions.scalars import (
    Value,
    ValueProblem,
    decode_scalar,
    encode_scalar,
    plain,
    shorten,
    type_name,
)
from dsl.expressions.tree import Wire
from dsl.model import Field, Record
from dsl.types import ChoiceType, Duration, ListType, MoneyType, PercentType, RecordType, Type

Records = Mapping[str, Record]
"""The declared records by id."""

LIST_LIMIT = 10_000
"""Records in one list; the bound of what a case can fan out to."""

__all__ = ["LIST_LIMIT", "Records", "Value", "ValueProblem", "decode", "encode", "show"]


def decode(type_: Type, wire: Wire, records: Records, zone: ZoneInfo) -> Value | ValueProblem:
    """The Python value of a wire value, or the first problem in it.

    Args:
        type_: the static type.
        wire: as it came out of JSON.
        records: the declared records by id.
        zone: the rulebook's zone, in which a local datetime is meant.
    """
    if isinstance(type_, ListType):
        return _decode_list(records[type_.record], wire, records, zone)
    if isinstance(type_, RecordType):
        return _decode_record(records[type_.record], wire, records, zone)
    return decode_scalar(type_, wire, zone)


def encode(type_: Type, value: Value, records: Records, zone: ZoneInfo) -> Wire:
    """The wire form of a value that has the type; `decode` of it is the value again."""
    if isinstance(type_, ListType) and isinstance(value, list):
        row = RecordType(type_.record)
        return [encode(row, each, records, zone) for each in value]
    if isinstance(type_, RecordType) and isinstance(value, dict):
        return {
            field.id: encode(field.type, value[field.id], records, zone)
            for field in records[type_.record].fields
            if field.id in value
        }
    return encode_scalar(type_, value, zone)


def show(type_: Type, value: Value, language: Language, zone: ZoneInfo | None = None) -> str:
    """A value for people, as plain text.

    Args:
        type_: the static type.
        value: the decoded value.
        language: of the reader.
        zone: shows an instant in it, else in UTC.
    """
    if isinstance(value, datetime):
        return f"{value.astimezone(zone):%Y-%m-%d %H:%M}" if zone else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return MESSAGES.say(language, "show.records", count=len(value))
    return _show_plain(type_, value, language)


def _show_plain(type_: Type, value: Value, language: Language) -> str:
    if isinstance(value, bool):
        return MESSAGES.say(language, "show.yes" if value else "show.no")
    if isinstance(value, Duration):
        form = "one" if value.amount == 1 else "many"
        return MESSAGES.say(language, f"show.{value.unit}.{form}", amount=value.amount)
    if isinstance(value, Decimal | int):
        return _show_number(type_, value)
    if isinstance(type_, ChoiceType):
        titles = {option.id: option.title for option in type_.options}.get(str(value), {})
        return titles.get(language) or next(iter(titles.values()), str(value))
    return str(value)


def _show_number(type_: Type, value: Decimal | int) -> str:
    if isinstance(type_, MoneyType):
        return f"{Decimal(value):,f} {type_.currency}"
    return f"{plain(value)}%" if isinstance(type_, PercentType) else plain(value)


def _decode_list(
    record: Record, wire: Wire, records: Records, zone: ZoneInfo
) -> Value | ValueProblem:
    if not isinstance(wire, list):
        return _wrong(ListType(record.id), wire)
    if len(wire) > LIST_LIMIT:
        return ValueProblem(
            "E352", (), {"value": str(len(wire)), "low": "0", "high": str(LIST_LIMIT)}
        )
    rows: list[Value] = []
    seen: dict[object, int] = {}
    for index, each in enumerate(wire):
        row = _decode_record(record, each, records, zone)
        if isinstance(row, ValueProblem):
            return replace(row, path=(index, *row.path))
        key = row[record.key]
        if key in seen:
            return _twice(record, key, index, seen[key])
        seen[key] = index
        rows.append(row)
    return rows


def _decode_record(
    record: Record, wire: Wire, records: Records, zone: ZoneInfo
) -> dict[str, Value] | ValueProblem:
    if not isinstance(wire, dict):
        return _wrong(RecordType(record.id), wire)
    known = {field.id for field in record.fields}
    for name in wire:
        if name not in known:
            return ValueProblem(
                "E356",
                (name,),
                {"field": shorten(name), "fields": Terms(tuple(each.id for each in record.fields))},
            )
    row: dict[str, Value] = {}
    for field in record.fields:
        value = _decode_field(field, wire, records, zone)
        if isinstance(value, ValueProblem):
            return replace(value, path=(field.id, *value.path))
        if value is not None:
            row[field.id] = value
    return row


def _decode_field(
    field: Field, row: dict[str, Wire], records: Records, zone: ZoneInfo
) -> Value | ValueProblem | None:
    wire = row.get(field.id, field.default)
    if wire is not None:
        return decode(field.type, wire, records, zone)
    if field.optional:
        return None
    return ValueProblem("E357", (), {"field": field.id})


def _twice(record: Record, key: Value, index: int, first: int) -> ValueProblem:
    return ValueProblem(
        "E355",
        (index, record.key),
        {"value": shorten(str(key)), "field": record.key, "first": first + 1},
    )


def _wrong(type_: Type, wire: Wire) -> ValueProblem:
    kind = Term(f"type.{type_name(type_)}")
    return ValueProblem("E351", (), {"value": shorten(wire), "type": kind})
