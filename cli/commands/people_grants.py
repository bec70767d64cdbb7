"""`baton people grants`: who may act for whom."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import workplace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("person", about="principal", nargs="?", metavar="PERSON")


def run(options: Options, given: Namespace) -> int:
    """Shows grants and what an import says; the exit code."""
    with workplace(options) as place:
        place.known()
        output = place.output
        wanted = given.person and place.person(given.person)
        every = place.directory.every_grant
        found = [one for one in every if wanted in (None, one.person, one.by)]
        if output.is_json:
            output.json(found)
            return 0
        head = [output.say(f"column.{name}") for name in ("person", "substitute", "last")]
        rows = [
            [place.described(one.person), place.described(one.by), str(one.last or "—")]
            for one in found
        ]
        print_table(head, rows)
    return 0
