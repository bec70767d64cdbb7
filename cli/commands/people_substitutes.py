"""`baton people substitutes`: who stands in for whom, and when."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import workplace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("person", about="absent", nargs="?", metavar="PERSON")


def run(options: Options, given: Namespace) -> int:
    """Shows substitutes; the exit code."""
    with workplace(options) as place:
        place.known()
        output = place.output
        wanted = given.person and place.person(given.person)
        found = [one for one in place.directory.substitutes if wanted in (None, one.person, one.by)]
        if output.is_json:
            output.json(found)
            return 0
        head = [output.say(f"column.{name}") for name in ("person", "substitute", "first", "last")]
        rows = [
            [place.described(one.person), place.described(one.by), f"{one.first}", f"{one.last}"]
            for one in found
        ]
        print_table(head, rows)
    return 0
