"""`baton task reject`: a no to a step of an approval."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Reject
from engine.views.tasks import task_view


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--opinion", about="opinion", metavar="TEXT", required=True)
    parser.take("--seen", about="seen", metavar="HASH")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Records the answer to what the person was shown; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        seen = given.seen or task_view(reader, task, acting.viewer).seen
        return acting.carry_out(reader.scope.state.id, Reject(task.id, given.opinion, seen))
