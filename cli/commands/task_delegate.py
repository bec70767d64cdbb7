"""`baton task delegate`: somebody else does a task in one's place."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Delegate


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("person", about="to", metavar="PERSON")
    parser.take("--reason", about="reason", metavar="TEXT", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Delegates it; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        return acting.carry_out(
            reader.scope.state.id, Delegate(task.id, place.person(given.person), given.reason)
        )
