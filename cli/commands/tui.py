"""`baton tui`: the terminal UI."""

from __future__ import annotations

from argparse import Namespace
from functools import partial

from cli.options import Options
from cli.parser import Parser
from cli.screens import show_screens, sign_arguments
from cli.workplace import workplace
from engine.desk.desk import Desk


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    sign_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Shows the screens until the person leaves; the exit code."""
    with workplace(options) as place:
        actor = place.actor()
        desk = partial(Desk, place.service, actor, place.administration)
        show_screens(options, desk, place.name, given=given)
    return 0
