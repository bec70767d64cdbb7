"""`NAME=VALUE` as people type it: names by id or title, values as rulebooks write them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from cli.failures import FINDINGS, Explained, StopError, wrong_use
from cli.workplace import Workplace
from dsl.expressions.tree import Wire
from engine.case_input import Declared, InputProblem, check_known, unknown_name
from engine.desk import typed
from engine.desk.outcome import problem_place, problem_view
from engine.program import Program
from engine.state import Task


def typed_values(
    place: Workplace, program: Program, declared: Iterable[Declared], texts: Iterable[str]
) -> dict[str, Wire]:
    """The values in wire form, by id; the command ends where one cannot be read, or names a stranger.

    Args:
        place: knows the people.
        program: knows records and zone.
        declared: what may be given.
        texts: `NAME=VALUE`, as typed.
    """
    known = {one.id: one for one in declared}
    found: dict[str, Wire] = {}
    for text in texts:
        name, value = name_and_value(place, text)
        one = find(known, name)
        if one is None:
            titles = {id_: one.title for id_, one in known.items()}
            raise input_stop(place, unknown_name(name, titles))
        if one.id in found:
            raise wrong_use(place.language, "C119", name=name)
        found[one.id] = typed_value(place, program, one, value)
    stop_for(place, check_known(program.rulebook, known.values(), found, place.directory))
    return found


def name_and_value(place: Workplace, text: str) -> tuple[str, str]:
    """The parts of `NAME=VALUE`; an equals sign of a Chinese keyboard is one too."""
    parts = re.split("[=＝]", text, maxsplit=1)
    if len(parts) == 1:
        raise wrong_use(place.language, "C118", text=text)
    return parts[0].strip(), parts[1]


def typed_contents(
    place: Workplace, program: Program, task: Task, texts: Iterable[str]
) -> dict[str, Wire]:
    """Content of an item; a task that is no item asks for none."""
    item = program.items.get(task.ref)
    return typed_values(place, program, item.stated if item else (), texts)


def evidence_id(program: Program, task: Task, name: str) -> str:
    """The id of an item's evidence; a name that fits none stays as it is, and is refused."""
    item = program.items.get(task.ref)
    found = find({one.id: one for one in item.evidence}, name) if item else None
    return found.id if found else name


def find(known: Mapping[str, Declared], name: str) -> Declared | None:
    """What is declared under an id or, where no id fits, under a title in any language."""
    titled = (one for one in known.values() if name in one.title.values())
    return known.get(name) or next(titled, None)


def typed_value(place: Workplace, program: Program, declared: Declared, text: str) -> Wire:
    """One value in wire form."""
    found = typed.typed_value(program, declared, text, place.person)
    if isinstance(found, InputProblem):
        raise input_stop(place, found)
    return found


def stop_for(place: Workplace, problems: Iterable[InputProblem]) -> None:
    """The command ends where there is a problem; all of them are told."""
    found = [input_stop(place, problem).explained for problem in problems]
    if found:
        raise StopError(found[-1], FINDINGS, tuple(found[:-1]))


def input_stop(place: Workplace, problem: InputProblem) -> StopError:
    """A stop for values that a case cannot take."""
    view = problem_view(problem, place.language)
    # A wrong value says itself where it is.
    where = problem_place(problem, place.language) if problem.code == "P302" else ""
    return StopError(Explained(view.code, view.title, view.text, view.hint, where), FINDINGS)
