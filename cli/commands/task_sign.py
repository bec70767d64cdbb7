"""`baton task sign`: a hand-over is accepted."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Sign
from engine.views.tasks import task_view


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--seen", about="seen", metavar="HASH")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Signs what the person was shown; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        seen = given.seen or task_view(reader, task, acting.viewer).seen
        return acting.carry_out(reader.scope.state.id, Sign(task.id, seen))
