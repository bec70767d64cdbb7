"""`baton task suspend`: one task stands still."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Suspend


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Acts; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        return acting.carry_out(reader.scope.state.id, Suspend(task.id, given.reason))
