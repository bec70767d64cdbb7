"""`baton task release`: what was claimed or delegated is given back."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Release


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--from", about="owner", metavar="PERSON", dest="owner")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Gives it back; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        owner = given.owner and place.person(given.owner)
        return acting.carry_out(reader.scope.state.id, Release(task.id, owner))
