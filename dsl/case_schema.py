"""JSON Schemas (draft 2020-12) of what a rulebook takes in: the facts of a case, rows of feeds."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, floor
from typing import Any

from dsl.expressions.scalars import (
    DECIMAL,
    INTEGER_LIMIT,
    LONGEST,
    NAME_LIMIT,
    PATTERNS,
    TEXT_LIMIT,
    type_name,
)
from dsl.model import Fact, Field, Record, Rulebook
from dsl.types import (
    ChoiceType,
    IntegerType,
    ListType,
    MoneyType,
    NumberType,
    RecordType,
    Type,
)
from dsl.values import LIST_LIMIT

Schema = dict[str, Any]
"""A JSON Schema as plain data."""
DIGITS_LIMIT = 10**15 - 1
"""The most that a number of 15 digits is."""


_COMMON_DAY = (
    "(19|[2-9][0-9])[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
    "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
)
_LEAP_DAY = "((19|[2-9][0-9])(0[48]|[2468][048]|[13579][26])|([2468][048]|[3579][26])00)-02-29"
_DAY = f"({_COMMON_DAY}|{_LEAP_DAY})"
"""A day of the calendar from `FIRST_DAY` on."""
_MINUTE = "([01][0-9]|2[0-3]):[0-5][0-9]"
_FORMS = {"date": f"^{_DAY}$", "datetime": f"^{_DAY}T{_MINUTE}$"}
"""What a value must look like so that it is one, where its pattern alone does not say it."""


def case_schema(rulebook: Rulebook) -> Schema:
    """The schema of a case's facts, as an object by fact id.

    A fact is required unless it is optional, has a default, or comes from a feed.
    """
    records = {record.id: record for record in rulebook.records}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _title(rulebook.title),
        "type": "object",
        "properties": {fact.id: _part(fact, records) for fact in rulebook.facts},
        "required": [fact.id for fact in rulebook.facts if _is_required(fact)],
        "additionalProperties": False,
    }


def feeds_schema(rulebook: Rulebook) -> Schema:
    """The schema of what may be imported for a feed: a list of the feed's records, by field id.

    `$defs` has it by the feed's id; a document fits if it fits one of them.
    """
    records = {record.id: record for record in rulebook.records}
    feeds = {
        feed.id: {
            "title": _title(feed.title),
            "type": "array",
            "items": _record(records[feed.record], records),
        }
        for feed in rulebook.feeds
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": _title(rulebook.title),
        "anyOf": [{"$ref": f"#/$defs/{feed}"} for feed in feeds] or [False],
        "$defs": feeds,
    }


def _is_required(part: Fact | Field) -> bool:
    return not part.optional and part.default is None and getattr(part, "feed", None) is None


def _part(part: Fact | Field, records: Mapping[str, Record]) -> Schema:
    schema = {"title": _title(part.title), **of_type(part.type, records)}
    if part.default is not None:
        schema["default"] = part.default
    return schema


def of_type(type_: Type, records: Mapping[str, Record]) -> Schema:
    """The schema of the values of a type."""
    if isinstance(type_, ListType):
        record = records[type_.record]
        # No schema can say that two rows differ in one field.
        only = f"no two items have the same {record.key}"
        rows = _record(record, records)
        return {"type": "array", "items": rows, "maxItems": LIST_LIMIT, "$comment": only}
    if isinstance(type_, RecordType):
        return _record(records[type_.record], records)
    return _scalar(type_)


def _scalar(type_: Type) -> Schema:
    match type_:
        case ChoiceType():
            return {"enum": [option.id for option in type_.options]}
        case MoneyType():
            return _form(rf"^{DECIMAL} {type_.currency}$")
        case IntegerType():
            return _integer(type_)
        case NumberType():
            return _number(type_)
        case _:
            return _text(type_name(type_))


def _integer(type_: IntegerType) -> Schema:
    low = -INTEGER_LIMIT if type_.low is None else type_.low
    high = INTEGER_LIMIT if type_.high is None else type_.high
    return {"type": "integer", "minimum": low, "maximum": high}


def _text(name: str) -> Schema:
    if name == "yes_no":
        return {"type": "boolean"}
    if name == "text":
        return {"type": "string", "maxLength": TEXT_LIMIT}
    if name in {"person", "department"}:
        return {"type": "string", "pattern": r"\S", "maxLength": NAME_LIMIT}
    if name == "duration":
        units = (_spans(unit.replace("_", " "), most) for unit, most in LONGEST.items())
        return _form(f"^(?=[0-9]{{1,6}} )0*({'|'.join(units)})$")
    return _form(_FORMS.get(name, PATTERNS[name]))


def _form(pattern: str) -> Schema:
    """The schema of texts of a form; in Python's expressions `$` lets a line end follow."""
    return {"type": "string", "pattern": rf"{pattern}(?!\n)"}


def _number(type_: NumberType) -> Schema:
    """Bounds of a number that is written as one, and the form of what lies in them as text."""
    low = -DIGITS_LIMIT if type_.low is None else max(type_.low, -DIGITS_LIMIT)
    high = DIGITS_LIMIT if type_.high is None else min(type_.high, DIGITS_LIMIT)
    sides = [
        *([_decimals(max(low, 0), type_.high)] if high >= 0 else ()),
        *(
            [f"-{_decimals(max(-high, 0), None if type_.low is None else -low)}"]
            if low <= 0
            else ()
        ),
    ]
    return {
        **_form(f"^({'|'.join(sides)})$"),
        "type": ["string", "integer"],
        "minimum": ceil(low),
        "maximum": floor(high),
    }


def _decimals(low: int, high: int | None) -> str:
    """The pattern of decimals without a sign between two whole bounds; None: as far as there are digits."""
    shape = r"[0-9]{1,15}(\.[0-9]{1,6})?"
    below = rf"(?!0*{_up_to(low - 1)}(\.[0-9]+)?$)" if low else ""
    if high is None or high > DIGITS_LIMIT:
        return f"{below}{shape}"
    inside = rf"{_up_to(high - 1)}(\.[0-9]{{1,6}})?|" if high else ""
    return rf"{below}(?={shape}$)0*({inside}{high}(\.0{{1,6}})?)"


def _spans(unit: str, most: int) -> str:
    """The pattern of spans of a unit, up to so many; without zeros in front."""
    return f"{_up_to(most)} {unit}s?"


def _up_to(most: int) -> str:
    """The pattern of the whole numbers up to one; without zeros in front."""
    digits = str(most)
    shorter = (f"[0-9]{{1,{len(digits) - 1}}}",) if len(digits) > 1 else ()
    fewer = (
        f"{digits[:at]}[0-{int(digit) - 1}][0-9]{{{len(digits) - at - 1}}}"
        for at, digit in enumerate(digits)
        if digit != "0"
    )
    return f"({'|'.join((*shorter, *fewer, digits))})"


def _record(record: Record, records: Mapping[str, Record]) -> Schema:
    return {
        "title": _title(record.title),
        "type": "object",
        "properties": {field.id: _part(field, records) for field in record.fields},
        "required": [field.id for field in record.fields if _is_required(field)],
        "additionalProperties": False,
    }


def _title(titles: Mapping[str, str]) -> str:
    return next(iter(titles.values()))
