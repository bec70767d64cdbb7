"""`baton task add-approver`: one more person is asked."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import PLACES, AddApprover


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("person", about="named", metavar="PERSON")
    parser.take("--place", about="place", choices=PLACES, default="beside")
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Asks them; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        person = place.person(given.person)
        command = AddApprover(task.id, person, given.place, given.reason)
        return acting.carry_out(reader.scope.state.id, command)
