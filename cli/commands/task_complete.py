"""`baton task complete`: an action or a change of access is done."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Complete


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--note", about="note", metavar="TEXT", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Reports it done; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        return acting.carry_out(reader.scope.state.id, Complete(task.id, given.note))
