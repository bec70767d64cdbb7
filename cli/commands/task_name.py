"""`baton task name`: the person who fills a role."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Name


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("person", about="named", metavar="PERSON")
    parser.take("--for", about="named_for", metavar="ITEM", action="append", dest="items")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Names the person; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        items = tuple(acting.task(one)[1].id for one in given.items or ())
        command = Name(task.id, place.person(given.person), items)
        return acting.carry_out(reader.scope.state.id, command)
