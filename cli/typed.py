"""`NAME=VALUE` as people type it: names by id or title, values as rulebooks write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from cli.failures import FINDINGS, StopError, wrong_use
from cli.workplace import Workplace, engine_words
from dsl.expressions.tree import Wire
from dsl.model import Titles
from dsl.render import say
from dsl.types import PersonType, Type
from dsl.values import ValueProblem, decode, encode
from engine.case_input import InputProblem
from engine.feeds import wire_of
from engine.program import Program
from engine.state import Task


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


def typed_values(
    place: Workplace, program: Program, declared: Iterable[Declared], texts: Iterable[str]
) -> dict[str, Wire]:
    """The values in wire form, by id; the command ends where one cannot be read.

    Args:
        place: knows the people.
        program: knows records and zone.
        declared: what may be given.
        texts: `NAME=VALUE`, as typed.
    """
    known = {one.id: one for one in declared}
    found: dict[str, Wire] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise wrong_use(place.language, "C118", text=text)
        one = find(known, name.strip())
        if one is None:
            values = {"name": name, "known": ", ".join(known) or "—"}
            raise input_stop(place, InputProblem("P302", (), dict(values)))
        if one.id in found:
            raise wrong_use(place.language, "C119", name=name)
        found[one.id] = typed_value(place, program, one, value)
    return found


def typed_contents(
    place: Workplace, program: Program, task: Task, texts: Iterable[str]
) -> dict[str, Wire]:
    """Content of an item; a task that is no item asks for none."""
    item = program.items.get(task.ref)
    return typed_values(place, program, item.contents if item else (), texts)


def find(known: Mapping[str, Declared], name: str) -> Declared | None:
    """What is declared under an id or, where no id fits, under a title in any language."""
    titled = (one for one in known.values() if name in one.title.values())
    return known.get(name) or next(titled, None)


def typed_value(place: Workplace, program: Program, declared: Declared, text: str) -> Wire:
    """One value in wire form."""
    if isinstance(declared.type, PersonType):
        text = place.person(text)
    wire = wire_of(declared.type, text.strip())
    value = decode(declared.type, wire, program.records, program.zone)
    if isinstance(value, ValueProblem):
        raise input_stop(place, InputProblem("P304", (declared.title,), value.values, value.code))
    return encode(declared.type, value, program.records, program.zone)


def input_stop(place: Workplace, problem: InputProblem) -> StopError:
    """A stop for values that a case cannot take."""
    language = place.language
    if problem.problem is None:
        values = {name: str(value) for name, value in problem.values.items()}
    else:
        values = {"why": say(language, f"{problem.problem}.text", problem.values)}
    titles = (
        f"[{step}]" if isinstance(step, int) else step.get(language) or next(iter(step.values()))
        for step in problem.path
    )
    where = " ".join(titles)
    found = engine_words(place.options, problem.code, {**values, "place": where})
    # A wrong value says itself where it is.
    return StopError(found._replace(place=where if problem.code == "P302" else ""), FINDINGS)
