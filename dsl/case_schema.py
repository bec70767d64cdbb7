"""JSON Schemas (draft 2020-12) of what a rulebook takes in: the facts of a case, rows of feeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dsl.expressions.scalars import (
    DECIMAL,
    INTEGER_LIMIT,
    NAME_LIMIT,
    PATTERNS,
    TEXT_LIMIT,
    type_name,
)
from dsl.model import Fact, Field, Record, Rulebook
from dsl.types import ChoiceType, IntegerType, ListType, MoneyType, RecordType, Type
from dsl.values import LIST_LIMIT

Schema = dict[str, Any]
"""A JSON Schema as plain data."""


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
    schema = {"title": _title(part.title), **_type(part.type, records)}
    if part.default is not None:
        schema["default"] = part.default
    return schema


def _type(type_: Type, records: Mapping[str, Record]) -> Schema:
    if isinstance(type_, ListType):
        rows = _record(records[type_.record], records)
        return {"type": "array", "items": rows, "maxItems": LIST_LIMIT}
    if isinstance(type_, RecordType):
        return _record(records[type_.record], records)
    return _scalar(type_)


def _scalar(type_: Type) -> Schema:
    match type_:
        case ChoiceType():
            return {"enum": [option.id for option in type_.options]}
        case MoneyType():
            pattern = rf"^{DECIMAL} {type_.currency}$"
            return {"type": "string", "pattern": pattern}
        case IntegerType():
            return _integer(type_)
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
    if name == "number":
        return {"type": ["string", "integer"], "pattern": PATTERNS[name]}
    if name in {"person", "department"}:
        return {"type": "string", "minLength": 1, "maxLength": NAME_LIMIT}
    return {"type": "string", "pattern": PATTERNS[name]}


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
