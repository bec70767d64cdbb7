"""`baton task claim`: one of several takes a task upon themself."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Claim


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Claims it; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        return acting.carry_out(reader.scope.state.id, Claim(task.id))
