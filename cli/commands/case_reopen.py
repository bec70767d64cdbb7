"""`baton case reopen`: an ended case is taken up again as a new one."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import Acting, acting_arguments, case_argument
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.commands import Reopen


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    case_argument(parser)
    parser.take("--reason", about="reason", metavar="TEXT", required=True)
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Acts; the exit code."""
    with workplace(options) as place:
        return Acting(place, given).carry_out(given.case, Reopen(given.reason))
