"""`baton task attach`: a file becomes evidence of an item."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.typed import evidence_id
from cli.workplace import Workplace, workplace
from engine.desk.enclosing import at_path
from engine.program import Program


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("evidence", about="evidence", metavar="EVIDENCE")
    parser.take("file", about="evidence_file", metavar="FILE")
    parser.take("--from", about="from", metavar="ROLE", dest="source")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Takes the file in and attaches it; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        program = reader.scope.program
        evidence = evidence_id(program, task, given.evidence)
        source = _role(place, program, given.source)
        command = at_path(task.id, evidence, given.file, source)
        return acting.carry_out_enclosing(reader.scope.state.id, command)


def _role(place: Workplace, program: Program, name: str | None) -> str | None:
    if name is None:
        return None
    for role in program.roles.values():
        if name == role.id or name in role.title.values():
            return role.id
    raise wrong_use(place.language, "C130", role=name, known=place.output.listed(program.roles))
