"""The facts of a case from a JSON document, checked against the schema that its rulebook gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast
from zoneinfo import ZoneInfo

from msgspec import Struct

from dsl.case_schema import case_schema
from dsl.diagnostic import Terms, Value
from dsl.expressions.tree import Wire
from dsl.model import Fact, Field, Rulebook, Titles
from dsl.types import DepartmentType, ListType, PersonType, RecordType, Type
from dsl.values import ValueProblem, decode
from engine.people.directory import Directory, Person

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError


class Declared(Protocol):
    """A fact of a rulebook or a content of an item."""

    @property
    def id(self) -> str:
        """What references use."""

    @property
    def title(self) -> Titles:
        """What people use."""

    @property
    def type(self) -> Type:
        """The static type."""


class InputProblem(Struct, frozen=True):
    """What is wrong with the facts of a case, or with the content of an item.

    Attributes:
        code: `P301` no object, `P302` an unknown name, `P303` a missing value, `P304` a wrong value,
            `P305` a person whom nobody knows, `P307` one of several of that name, `P306` a department that there is not.
        path: the titles of the fact and its field; the number of a record counts from 1.
        values: `name` and `known`, or the values of the message `problem.text` of the catalogue
            `dsl`.
        problem: for P304 the code that says why the value is wrong.
    """

    code: str
    path: tuple[Titles | int, ...]
    values: dict[str, Value]
    problem: str | None = None


_SHOWN = 12


def unknown_name(
    name: str, known: Mapping[str, Titles], path: tuple[Titles | int, ...] = ()
) -> InputProblem:
    """P302, with what there is; first what is most like the name, by id or by title."""

    def likeness(id_: str) -> float:
        names = (id_, *known[id_].values())
        return -max(SequenceMatcher(None, name[:100].casefold(), one).ratio() for one in names)

    return InputProblem("P302", path, {"name": name, "known": _told(sorted(known, key=likeness))})


def _told(known: Iterable[str]) -> Terms:
    """The first of what there is."""
    return Terms(tuple(known)[:_SHOWN] or ("—",))


def check_known(
    rulebook: Rulebook,
    declared: Iterable[Declared],
    values: Mapping[str, Wire],
    directory: Directory,
) -> tuple[InputProblem, ...]:
    """Persons and departments among values that fit their types, whom the directory does not know.

    Args:
        rulebook: says what a record holds.
        declared: facts or contents, in the order in which their problems are told.
        values: what was given for them, in wire form.
        directory: everybody.
    """
    reader = _Known(rulebook, directory)
    return tuple(
        problem
        for one in declared
        for problem in reader.problems(one.type, values.get(one.id), (one.title,))
    )


class _Known:
    """Looks for the people and departments of a value in the directory."""

    def __init__(self, rulebook: Rulebook, directory: Directory) -> None:
        self._records = {record.id: record for record in rulebook.records}
        self._directory = directory

    def problems(
        self, type_: Type, wire: Wire, path: tuple[Titles | int, ...]
    ) -> Iterable[InputProblem]:
        """Those of one value; of lists and records in what they hold."""
        match type_, wire:
            case ListType(), list():
                for number, row in enumerate(wire, 1):
                    yield from self.problems(RecordType(type_.record), row, (*path, number))
            case RecordType(), dict():
                for field in self._records[type_.record].fields:
                    yield from self.problems(field.type, wire.get(field.id), (*path, field.title))
            case PersonType(), str() if problem := unknown_person(wire, self._directory, path):
                yield problem
            case DepartmentType(), str() if wire not in self._departments():
                near = get_close_matches(wire, sorted(self._departments()), _ALIKE, _LIKE)
                yield InputProblem("P306", path, {"name": wire, "known": Terms(tuple(near))})

    def _departments(self) -> frozenset[str]:
        """All that have a row of their own, or that somebody works in."""
        everybody = self._directory.persons.values()
        return frozenset(self._directory.departments) | {
            one.department for one in everybody if one.department
        }


def unknown_person(
    text: str, directory: Directory, path: tuple[Titles | int, ...]
) -> InputProblem | None:
    """Why a text is nobody's id: P307 if several have that name, else P305 with whoever is called alike."""
    persons = directory.persons
    if directory.person(text) is not None:
        return None
    same = [persons[id_] for id_ in directory.by_name(text)]
    if len(same) > 1:
        told = (" ".join(filter(None, (one.id, one.department, one.post))) for one in same)
        return InputProblem("P307", path, {"name": text, "known": _told(told)})
    near = people_like(text, directory)
    return InputProblem("P305", path, {"name": text, "known": Terms(tuple(near))})


def people_like(text: str, directory: Directory) -> list[str]:
    """The ids and names of up to three people whose id or name is like a text, the most alike first."""
    persons = directory.persons
    named: dict[str, list[Person]] = {}
    for one in persons.values():
        for name in {one.id, one.name}:
            named.setdefault(name, []).append(one)
    same = [persons[id_] for id_ in directory.by_name(text)]
    begun = text.strip().casefold()
    near = [name for name in named if begun and begun in name.casefold()]
    near += get_close_matches(text, named, _ALIKE, _LIKE)
    found = dict.fromkeys(
        f"{one.id} {one.name}" for one in (*same, *(one for name in near for one in named[name]))
    )
    return list(found)[:_ALIKE]


_ALIKE = 3
"""So many that are called alike are told at most."""
_LIKE = 0.5
"""Chinese names have two or three signs, of which one may be wrong."""


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
                known = {id_: part.title for id_, part in parts.items()}
                for name in (name for name in given if name not in parts):
                    yield unknown_name(name, known, path)
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
