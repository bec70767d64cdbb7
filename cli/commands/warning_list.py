"""`baton warning list`: the early warnings that stand, the latest first."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import workplace
from engine.desk.notices import warnings

COLUMNS = ("warning", "at", "person", "record", "told", "text")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--all", about="all", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the warnings; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer, administers = place.actor().authority, place.administers
        found = list(warnings(place.service, viewer, administers=administers, cleared=given.all))
        if output.is_json:
            output.json(found)
            return 0
        table: list[list[Cell]] = [
            [
                one.id,
                place.local(one.raised_at),
                one.about,
                one.record,
                place.output.listed(one.told),
                place.output.clauses(one.notes),
            ]
            for one in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], table)
        output.line(output.say("warning.count", count=len(found)), "quiet")
    return 0
