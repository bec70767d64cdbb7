"""`baton compact`: a snapshot of what is live; closed cases go to the archive."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace


def arguments(parser: Parser) -> None:
    """The command takes nothing of its own."""
    del parser


def run(options: Options, given: Namespace) -> int:
    """Compacts; the exit code."""
    del given
    with workplace(options) as place:
        if not place.store.compact():
            raise wrong_use(options.language, "C160")
        if place.output.is_json:
            place.output.json({"compacted": True})
        else:
            place.output.line(place.output.say("compact.done"), "good")
    return 0
