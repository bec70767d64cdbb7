"""`baton people export`: the directory as CSV that `people import` reads back."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.people.export import departments_csv, people_csv


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--departments", about="export.departments", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Prints the file; the exit code."""
    with workplace(options) as place:
        directory = place.directory
        if place.output.is_json:
            entries = directory.departments if given.departments else directory.persons
            place.output.json(list(entries.values()))
            return 0
        written = departments_csv if given.departments else people_csv
        print(written(directory, place.language), end="")
    return 0
