"""`baton task resubmit`: a revised application goes on its way again."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, task_argument
from cli.options import Options
from cli.parser import Parser
from cli.typed import typed_values
from cli.workplace import workplace
from engine.commands import Resubmit


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    task_argument(parser)
    parser.take("--comment", about="comment", metavar="TEXT", default="")
    parser.take("--fact", about="fact", metavar="FACT=VALUE", action="append", default=[])
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Resubmits, with the facts that have changed; the exit code."""
    with workplace(options) as place:
        acting = Acting(place, given)
        reader, task = acting.task(given.task)
        program = reader.scope.program
        facts = typed_values(place, program, program.rulebook.facts, given.fact)
        command = Resubmit(task.id, given.comment, facts, {})
        return acting.carry_out(reader.scope.state.id, command)
