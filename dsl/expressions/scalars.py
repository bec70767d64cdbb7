"""Single values between their wire form (JSON) and Python, by their static type."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, get_args
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl import diagnostic
from dsl.expressions.tree import Wire
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DepartmentType,
    Duration,
    DurationType,
    DurationUnit,
    FileType,
    IntegerType,
    MoneyType,
    NumberType,
    PercentType,
    PersonType,
    RoleType,
    TextType,
    TimeType,
    Type,
    YesNoType,
)

Value = str | int | bool | Decimal | date | time | datetime | Duration | list[Any] | dict[str, Any]
"""A decoded value: money, number and percent are `Decimal`, an instant is aware and in UTC."""

TEXT_LIMIT = 20_000
"""Code points in one text: what somebody writes, not a file."""
INTEGER_LIMIT = 10**15
"""Beyond this a number is a typing mistake, and JSON readers begin to round."""
NAME_LIMIT = 200
FIRST_DAY, LAST_DAY = "1900-01-01", "9999-12-31"
"""What a person can mean by a day: since somebody now living was born, up to what systems write for never."""
LONGEST: dict[DurationUnit, int] = {
    "minute": 999_999, "hour": 876_600, "working_hour": 876_600, "day": 36_525, "working_day": 36_525,
    "week": 5_218,
}  # fmt: skip
"""A hundred years in each unit; beyond that a span is a typing mistake, and leads out of the calendar."""

DECIMAL = r"-?[0-9]{1,15}(\.[0-9]{1,6})?"
PATTERNS = {
    "number": rf"^{DECIMAL}$",
    "percent": rf"^{DECIMAL}%$",
    "date": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    "time": r"^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "datetime": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]$",
    "duration": r"^[0-9]{1,6} (working )?(minute|hour|day|week)s?$",
    "file": r"^[0-9a-f]{64}$",
}
"""The wire forms, in the common part of Python's and JSON Schema's regular expressions."""


class ValueProblem(Struct, frozen=True):
    """Why a wire value is none of its type.

    Attributes:
        code: a code of the catalogue `dsl`, E351 to E357.
        path: from the value to the faulty part: field ids, and 0-based indexes of records.
        values: fills the placeholders of the code's messages.
    """

    code: str
    path: tuple[str | int, ...] = ()
    values: dict[str, diagnostic.Value] = {}


def decode_scalar(type_: Type, wire: Wire, zone: ZoneInfo) -> Value | ValueProblem:
    """The Python value of a wire value.

    Args:
        type_: a type other than a list or a record.
        wire: as it came out of JSON.
        zone: the rulebook's zone, in which a local datetime is meant.
    """
    found = _READERS[type(type_)](type_, wire, zone)
    return _not_of(type_, wire) if found is None else found


def encode_scalar(type_: Type, value: Value, zone: ZoneInfo) -> Wire:
    """The wire form of a value that has the type."""
    match value:
        case bool() | str():
            return value
        case int() | Decimal():
            return _numeric_wire(type_, value)
        case datetime() | time() | date():
            return _moment_wire(value, zone)
        case Duration():
            return duration_wire(value)
        case _:
            raise TypeError(type(value).__name__)


def _numeric_wire(type_: Type, value: int | Decimal) -> Wire:
    match type_:
        case PercentType():
            return f"{plain(value)}%"
        case MoneyType():
            return f"{plain(value)} {type_.currency}"
        case IntegerType():
            return int(value)
        case _:
            return plain(value)


def _moment_wire(value: date | time, zone: ZoneInfo) -> str:
    if isinstance(value, datetime):
        return value.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
    return value.strftime("%H:%M") if isinstance(value, time) else value.isoformat()


def plain(number: Decimal | int) -> str:
    """A number without an exponent, with the decimals that it has."""
    return format(number, "f") if isinstance(number, Decimal) else str(number)


def duration_wire(duration: Duration) -> str:
    """`2 working days`: English, plural save for one."""
    unit = duration.unit.replace("_", " ")
    return f"{duration.amount} {unit}" if duration.amount == 1 else f"{duration.amount} {unit}s"


def type_name(type_: Type | RoleType) -> str:
    """The id of a type in the catalogue, `term.type.NAME`."""
    return str(type(type_).__struct_config__.tag)


def _not_of(type_: Type, wire: Wire) -> ValueProblem:
    return ValueProblem(
        "E351", (), {"value": shorten(wire), "type": diagnostic.Term(f"type.{type_name(type_)}")}
    )


def shorten(wire: Wire, limit: int = 60) -> str:
    """A wire value as a message quotes it."""
    match wire:
        case str():
            text = wire
        case None | bool():
            text = {None: "null", True: "true", False: "false"}[wire]
        case _:
            text = str(wire)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _out_of_bounds(wire: Wire, low: object, high: object) -> ValueProblem:
    return ValueProblem("E352", (), {"value": shorten(wire), "low": str(low), "high": str(high)})


def _text(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str) or not _is_writable(wire):
        return None
    if len(wire) > TEXT_LIMIT:
        return _out_of_bounds(wire, 0, TEXT_LIMIT)
    return wire


def _is_writable(text: str) -> bool:
    """False with half of a pair of surrogates, as JSON can spell it: no file can hold that."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _named(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str) or not wire.strip() or len(wire) > NAME_LIMIT:
        return None
    return wire if _is_writable(wire) else None


def _integer(type_: IntegerType, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if isinstance(wire, bool) or not isinstance(wire, int):
        return None
    low = -INTEGER_LIMIT if type_.low is None else type_.low
    high = INTEGER_LIMIT if type_.high is None else type_.high
    return wire if low <= wire <= high else _out_of_bounds(wire, low, high)


def _number(type_: NumberType, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if isinstance(wire, int) and not isinstance(wire, bool):
        wire = str(wire)
    number = _decimal("number", wire)
    if number is None:
        return None
    low = number if type_.low is None else type_.low
    high = number if type_.high is None else type_.high
    return number if low <= number <= high else _out_of_bounds(wire, type_.low, type_.high)


def _percent(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    return _decimal("percent", wire)


def _money(type_: MoneyType, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str):
        return None
    amount, space, currency = wire.partition(" ")
    number = _decimal("number", amount)
    if number is None or not space or not CURRENCY.fullmatch(currency):
        return None
    if currency != type_.currency:
        values: dict[str, diagnostic.Value] = {
            "value": shorten(wire), "currency": currency, "wanted": type_.currency,
        }  # fmt: skip
        return ValueProblem("E354", (), values)
    return number


CURRENCY = re.compile("[A-Z]{3}", re.ASCII)
"""An ISO 4217 code, by its form."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When a value of that kind is first met: most commands meet none."""
    return re.compile(PATTERNS[pattern])


def _matches(pattern: str, wire: Wire) -> bool:
    return isinstance(wire, str) and _compiled(pattern).fullmatch(wire) is not None


def _decimal(pattern: str, wire: Wire) -> Decimal | None:
    if not isinstance(wire, str) or not _matches(pattern, wire):
        return None
    return Decimal(wire.rstrip("%"))


def _date(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str) or not _matches("date", wire):
        return None
    try:
        day = date.fromisoformat(wire)
    except ValueError:
        return None
    return day if wire >= FIRST_DAY else out_of_years(wire)


def out_of_years(day: str) -> ValueProblem:
    """Why a day that is in the calendar is none that a rulebook or case can have."""
    return ValueProblem("E352", (), {"value": day, "low": FIRST_DAY, "high": LAST_DAY})


def _time(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str) or not _matches("time", wire):
        return None
    return time.fromisoformat(wire)


def _datetime(_type: Type, wire: Wire, zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str) or not _matches("datetime", wire):
        return None
    if wire < FIRST_DAY:
        return out_of_years(wire)
    try:
        return datetime.fromisoformat(wire).replace(tzinfo=zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _duration(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    amount, _, unit = wire.partition(" ") if isinstance(wire, str) else ("", "", "")
    if not (amount.isascii() and amount.isdecimal() and _matches("duration", f"0 {unit}")):
        return None
    for known in get_args(DurationUnit):
        if unit.removesuffix("s").replace(" ", "_") == known:
            if not _matches("duration", wire) or int(amount) > LONGEST[known]:
                value, high = shorten(wire), f"{LONGEST[known]} {unit.removesuffix('s')}s"
                return ValueProblem("E352", (), {"value": value, "low": f"0 {unit}", "high": high})
            return Duration(int(amount), known)
    return None


def _yes_no(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    return wire if isinstance(wire, bool) else None


def _choice(type_: ChoiceType, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    if not isinstance(wire, str):
        return None
    if any(option.id == wire for option in type_.options):
        return wire
    return ValueProblem(
        "E353",
        (),
        {
            "value": shorten(wire),
            "options": diagnostic.Terms(tuple(option.id for option in type_.options)),
        },
    )


def _file(_type: Type, wire: Wire, _zone: ZoneInfo) -> Value | ValueProblem | None:
    return wire if isinstance(wire, str) and _matches("file", wire) else None


_READERS: dict[type, Callable[[Any, Wire, ZoneInfo], Value | ValueProblem | None]] = {
    TextType: _text,
    IntegerType: _integer,
    NumberType: _number,
    PercentType: _percent,
    MoneyType: _money,
    DateType: _date,
    TimeType: _time,
    DateTimeType: _datetime,
    DurationType: _duration,
    YesNoType: _yes_no,
    ChoiceType: _choice,
    PersonType: _named,
    DepartmentType: _named,
    FileType: _file,
}
