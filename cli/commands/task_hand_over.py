"""`baton task hand-over`: an item is handed over."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.typed import evidence_id, name_and_value, typed_contents
from cli.workplace import Workplace, workplace
from engine.commands import Attach, HandOver
from engine.desk.enclosing import at_path
from engine.program import Program
from engine.state import Task


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("contents", about="contents", nargs="*", metavar="CONTENT=VALUE")
    parser.take("--attach", about="attach", metavar="EVIDENCE=FILE", action="append", default=[])
    parser.take("--in-place", about="in_place", metavar="REASON", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Hands over, with content given here; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        values = typed_contents(place, reader.scope.program, task, given.contents)
        files = tuple(_file(place, reader.scope.program, task, one) for one in given.attach)
        command = HandOver(task.id, values, given.in_place, files)
        return acting.carry_out_enclosing(reader.scope.state.id, command)


def _file(place: Workplace, program: Program, task: Task, text: str) -> Attach:
    name, path = name_and_value(place, text)
    return at_path(task.id, evidence_id(program, task, name), path, None)
