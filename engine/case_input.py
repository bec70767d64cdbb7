"""The facts of a case from a JSON document, checked against the schema that its rulebook gives."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl.case_schema import case_schema
from dsl.diagnostic import Value
from dsl.expressions.tree import Wire
from dsl.model import Fact, Field, Rulebook, Titles
from dsl.types import ListType, RecordType, Type
from dsl.values import ValueProblem, decode

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError


class InputProblem(Struct, frozen=True):
    """What is wrong with the facts of a case.

    Attributes:
        code: `P301` no object, `P302` an unknown name, `P303` a missing value, `P304` a wrong value.
        path: the titles of the fact and its field; the number of a record counts from 1.
        values: `name` and `known`, or the values of the message `problem.text` of the catalogue
            `dsl`.
        problem: for P304 the code that says why the value is wrong.
    """

    code: str
    path: tuple[Titles | int, ...]
    values: dict[str, Value]
    problem: str | None = None


def check_facts(rulebook: Rulebook, document: object) -> tuple[InputProblem, ...]:
    """Every problem of a document that shall give the facts of a case, in order of the facts."""
    if not isinstance(document, dict):
        return (InputProblem("P301", (), {}),)
    reader = _Reader(rulebook)
    errors = sorted(_validator(rulebook).iter_errors(document), key=lambda one: str(one.path))
    found = [problem for error in errors for problem in reader.problems(error)]
    # What a schema cannot say: days that do not exist, two records of one key.
    found = found or list(reader.unreadable(document))
    return tuple({(one.code, str(one.path), str(one.values)): one for one in found}.values())


def _validator(rulebook: Rulebook) -> Draft202012Validator:
    # By name, since loading it takes longer than acting on a case.
    validator: Draft202012Validator = import_module("jsonschema").Draft202012Validator(
        case_schema(rulebook)
    )
    return validator


class _Reader:
    """Says of an error of the schema where it is and what it is, in the words of the rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._facts = {fact.id: fact for fact in rulebook.facts}
        self._records = {record.id: record for record in rulebook.records}
        self._zone = ZoneInfo(rulebook.timezone)

    def problems(self, error: ValidationError) -> Iterable[InputProblem]:
        """One error of the schema may be about several names."""
        parts, path, type_ = self._place(list(error.absolute_path))
        given: dict[str, Any] = error.instance if isinstance(error.instance, dict) else {}
        match error.validator:
            case "required":
                wanted = cast("dict[str, Any]", error.schema)["required"]
                for name in (name for name in wanted if name not in given):
                    yield InputProblem("P303", (*path, parts[name].title), {"name": name})
            case "additionalProperties":
                known = ", ".join(parts)
                for name in (name for name in given if name not in parts):
                    yield InputProblem("P302", path, {"name": name, "known": known})
            case _:
                if type_ is not None:
                    yield self._wrong(path, type_, cast("Wire", error.instance))

    def unreadable(self, document: dict[str, Any]) -> Iterable[InputProblem]:
        """Values that have the form of their type but are none."""
        for name, wire in document.items():
            if wire is None:
                continue
            value = decode(self._facts[name].type, wire, self._records, self._zone)
            if isinstance(value, ValueProblem):
                _, path, _ = self._place([name, *value.path])
                yield InputProblem("P304", path, value.values, value.code)

    def _wrong(self, path: tuple[Titles | int, ...], type_: Type, wire: Wire) -> InputProblem:
        found = decode(type_, wire, self._records, self._zone)
        if isinstance(found, ValueProblem):
            return InputProblem("P304", path, found.values, found.code)
        return InputProblem("P304", path, {"value": str(wire)}, "E352")

    def _place(
        self, place: list[str | int]
    ) -> tuple[dict[str, Fact | Field], tuple[Titles | int, ...], Type | None]:
        """The parts that may stand at a place, the titles that lead to it, and its type."""
        parts: dict[str, Fact | Field] = dict(self._facts)
        path: list[Titles | int] = []
        type_: Type | None = None
        for step in place:
            if isinstance(step, int):
                path.append(step + 1)
                type_ = RecordType(type_.record) if isinstance(type_, ListType) else type_
            else:
                path.append(parts[step].title)
                type_ = parts[step].type
            if isinstance(type_, ListType | RecordType):
                parts = {one.id: one for one in self._records[type_.record].fields}
        return parts, tuple(path), type_
