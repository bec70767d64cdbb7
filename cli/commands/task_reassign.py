"""`baton task reassign`: a task is given to somebody else."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Reassign


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("person", about="to", metavar="PERSON")
    parser.take("--from", about="owner", metavar="PERSON", dest="owner")
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Reassigns it; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        owner = given.owner and place.person(given.owner)
        command = Reassign(task.id, owner, place.person(given.person), given.reason)
        return acting.carry_out(reader.scope.state.id, command)
