"""`baton case open`: a case begins."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import cast

from cli.acting import Acting, acting_arguments
from cli.failures import FINDINGS, Explained, StopError
from cli.options import Options
from cli.parser import Parser
from cli.typed import stop_for, typed_values
from cli.workplace import Workplace, workplace
from dsl.expressions.tree import Wire
from dsl.model import Rulebook
from engine.case_input import check_facts, check_known
from engine.commands import Open
from engine.people.problem import ImportProblem, explain
from engine.people.sheet import read_json
from engine.program import Program
from engine.texts import MESSAGES


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("rulebook", about="rulebook", metavar="RULEBOOK")
    opening_arguments(parser)
    parser.take("--beside", about="beside", metavar="TEXT", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Opens the case; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        program = place.program(place.release(given.rulebook), given.process)
        facts = given_facts(place, program, given)
        subject = acting.viewer if given.subject is None else place.person(given.subject)
        command = Open(program.process.id, subject, facts, {}, beside=given.beside)
        return acting.open(program, command)


def opening_arguments(parser: Parser, *, subject: str = "subject") -> None:
    """What a case begins with; `subject` names the help about the person whom it is about."""
    parser.take("--subject", about=subject, metavar="PERSON")
    parser.take("--process", about="process", metavar="ID")
    parser.take("--fact", about="fact", metavar="FACT=VALUE", action="append", default=[])
    parser.take("--facts", about="facts", metavar="FILE")


def given_facts(place: Workplace, program: Program, given: Namespace) -> dict[str, Wire]:
    """The facts that were typed, with those of a file; the command ends where they cannot be."""
    facts = typed_values(place, program, program.rulebook.facts, given.fact)
    if given.facts is None:
        return facts
    return _with_document(place, program.rulebook, given.facts, facts)


def _with_document(
    place: Workplace, rulebook: Rulebook, file: str, typed: dict[str, Wire]
) -> dict[str, Wire]:
    """The facts of a JSON file and those that were typed, which count where both say something."""
    document = read_json(Path(file))
    if isinstance(document, ImportProblem):
        found = explain(document, MESSAGES, place.language)
        words = Explained(document.code, found.title, found.text, found.hint, found.place)
        raise StopError(words, FINDINGS)
    whole = {**document, **typed} if isinstance(document, dict) else document
    stop_for(place, check_facts(rulebook, whole))
    facts = cast("dict[str, Wire]", whole)
    stop_for(place, check_known(rulebook, rulebook.facts, facts, place.directory))
    return facts
