"""What is wrong in a form while it is filled in: each field that holds something is judged by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.case_input import InputProblem
from engine.commands import Command, CommandName
from engine.desk.fields import Answers, FieldView, Ground, unknown_in
from engine.desk.forms import ACTS
from engine.desk.opening import opening_command, opening_form
from engine.desk.outcome import problem_view

Make = Callable[[Answers], Command | InputProblem]


def wrong_in_act(ground: Ground, act: CommandName, answers: Answers) -> dict[str, str]:
    """By the ids of fields what is wrong with them, in the form of an act."""
    known = ACTS[act]
    return _wrong(ground, known.fields(ground), lambda some: known.make(ground, some), answers)


def wrong_in_opening(ground: Ground, answers: Answers) -> dict[str, str]:
    """The same for the form that opens a case."""
    fields = opening_form(ground).fields
    return _wrong(ground, fields, lambda some: opening_command(ground, some), answers)


def _wrong(
    ground: Ground, fields: Iterable[FieldView], make: Make, answers: Answers
) -> dict[str, str]:
    every = tuple(fields)
    chosen = {one.id: answers.get(one.id, "") for one in every if one.kind == "choice"}
    before = make(chosen)  # what is wrong as long as the others are empty is not theirs
    found: dict[str, str] = {}
    for field in every:
        text = answers.get(field.id, "").strip()
        if not text:
            continue
        made = unknown_in(ground, field, answers) or make({**chosen, field.id: text})
        if isinstance(made, InputProblem) and made != before:
            found[field.id] = problem_view(made, ground.reader.language).text
    return found
