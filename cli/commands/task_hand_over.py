"""`baton task hand-over`: an item is handed over."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.typed import typed_contents
from cli.workplace import workplace
from engine.commands import HandOver


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("contents", about="contents", nargs="*", metavar="CONTENT=VALUE")
    parser.take("--in-place", about="in_place", metavar="REASON", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Hands over, with content given here; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        values = typed_contents(place, reader.scope.program, task, given.contents)
        command = HandOver(task.id, values, given.in_place)
        return acting.carry_out(reader.scope.state.id, command)
