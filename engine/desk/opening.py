"""The form that opens a case: made from the facts that a rulebook declares."""

from __future__ import annotations

from engine.case_input import InputProblem
from engine.commands import Open
from engine.desk.fields import Answers, FieldView, FormView, Ground, unknown_in
from engine.desk.forms import declared_field, read_fields
from engine.program import Program

SUBJECT, BESIDE = "subject!", "beside!"
"""The fields of the person whom the case is about, and of why it stands beside an open one; no fact can
be called so."""


def opening_form(ground: Ground) -> FormView:
    """Who it is about, every fact that no feed supplies, and why it may be a second case."""
    reader, program = ground.reader, ground.program
    facts = (
        declared_field(reader, fact, fact.default, required=_required(program, fact.id))
        for fact in program.rulebook.facts
        if fact.feed is None
    )
    beside = FieldView(BESIDE, reader.say("desk.field.beside"))
    return FormView("open", reader.title(program.process.title), (_subject(ground), *facts, beside))


def opening_command(ground: Ground, answers: Answers) -> Open | InputProblem:
    """The command of a filled form, or what is wrong with a field."""
    program = ground.program
    facts = read_fields(ground, (one for one in program.rulebook.facts if not one.feed), answers)
    if isinstance(facts, InputProblem):
        return facts
    unknown = unknown_in(ground, _subject(ground), answers)
    if unknown is not None:
        return unknown
    subject = ground.person_of(answers.get(SUBJECT, "").strip())
    return Open(program.process.id, subject, facts, {}, beside=answers.get(BESIDE, ""))


def _subject(ground: Ground) -> FieldView:
    title = ground.reader.say("desk.field.subject")
    return FieldView(SUBJECT, title, "person", required=True, value=ground.viewer)


def _required(program: Program, fact: str) -> bool:
    declared = program.facts[fact]
    return not declared.optional and declared.default is None
