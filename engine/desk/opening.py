"""The form that opens a case: made from the facts that a rulebook declares."""

from __future__ import annotations

from engine.case_input import InputProblem, check_known
from engine.commands import Open
from engine.desk.fields import Answers, FieldView, FormView, Ground
from engine.desk.forms import declared_field, read_fields
from engine.program import Program

SUBJECT = "subject!"
"""The field of the person whom the case is about; no fact can be called so."""


def opening_form(ground: Ground) -> FormView:
    """Who it is about, then every fact that no feed supplies."""
    reader, program = ground.reader, ground.program
    subject = FieldView(
        SUBJECT, reader.say("desk.field.subject"), "person", required=True, value=ground.viewer
    )
    facts = (
        declared_field(reader, fact, fact.default, required=_required(program, fact.id))
        for fact in program.rulebook.facts
        if fact.feed is None
    )
    return FormView("open", reader.title(program.process.title), (subject, *facts))


def opening_command(ground: Ground, answers: Answers) -> Open | InputProblem:
    """The command of a filled form, or what is wrong with a field."""
    program = ground.program
    facts = read_fields(ground, (one for one in program.rulebook.facts if not one.feed), answers)
    if isinstance(facts, InputProblem):
        return facts
    unknown = check_known(program.rulebook, facts, ground.reader.scope.context.directory)
    if unknown:
        return unknown[0]
    subject = ground.person_of(answers.get(SUBJECT, "").strip())
    return Open(program.process.id, subject, facts, {})


def _required(program: Program, fact: str) -> bool:
    declared = program.facts[fact]
    return not declared.optional and declared.default is None
