"""The shapes of forms, and the fields that several forms have."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, NamedTuple

from msgspec import Struct

from dsl.model import Titles
from engine.case_input import InputProblem, unknown_person
from engine.commands import Command, CommandName
from engine.desk.typed import PersonOf
from engine.program import Program
from engine.state import Task
from engine.views.reader import Reader

FieldKind = Literal["text", "choice", "person", "date", "file", "table", "shown"]
Answers = Mapping[str, str]
"""What stands in a form's fields, by their ids."""


class FieldView(Struct, frozen=True):
    """One field of a form.

    Attributes:
        kind: how it is filled in; `table` holds one record a line, `shown` is read only.
        value: what stands in it at first.
        options: of a choice: the text that the field then holds, and what people read.
        columns: of a table, the titles of its fields in order.
    """

    id: str
    title: str
    kind: FieldKind = "text"
    required: bool = False
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    columns: tuple[str, ...] = ()


class FormView(Struct, frozen=True):
    """A form for one act; `shown` are lines about what is decided upon."""

    act: CommandName
    title: str
    fields: tuple[FieldView, ...]
    shown: tuple[str, ...] = ()


class Ground(NamedTuple):
    """What a form stands on.

    Attributes:
        reader: a case, for its reader.
        about: the id of a task, a gate's (`gate:ID`), or nothing for the whole case.
        person_of: the id of a person whose name or id was typed.
    """

    reader: Reader
    viewer: str
    about: str
    person_of: PersonOf

    @property
    def program(self) -> Program:
        """The case's program."""
        return self.reader.scope.program

    @property
    def task(self) -> Task | None:
        """The task, if the form is about one."""
        return self.reader.scope.state.tasks.get(self.about)


class Act(NamedTuple):
    """How one command is asked for and put together."""

    fields: Callable[[Ground], Iterable[FieldView]]
    make: Callable[[Ground, Answers], Command | InputProblem]


def word(ground: Ground, name: str, *, required: bool = False) -> FieldView:
    """A field for a text, by the name of its title."""
    return FieldView(name, ground.reader.say(f"desk.field.{name}"), required=required)


def nothing(ground: Ground) -> Iterable[FieldView]:
    """No fields."""
    del ground
    return ()


def person_field(ground: Ground) -> Iterable[FieldView]:
    """Who it is about."""
    title = ground.reader.say("desk.field.person")
    yield FieldView("person", title, "person", required=True)


def unknown_in(ground: Ground, field: FieldView, answers: Answers) -> InputProblem | None:
    """P305 or P307 of a field for a person in which stands nobody, or one of several."""
    text = answers.get(field.id, "").strip()
    if field.kind != "person" or not text:
        return None
    place: Titles = {ground.reader.language: field.title}
    directory = ground.reader.scope.context.directory
    return unknown_person(ground.person_of(text), directory, (place,))


def named(ground: Ground, answers: Answers, field: str = "person") -> str:
    """The id of the person in a field; empty if nobody stands there."""
    return ground.person_of(answers.get(field, "").strip())
