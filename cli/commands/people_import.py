"""`baton people import`: the directory from a file."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cli.consequences import consequences, tell_cases
from cli.failures import FINDINGS
from cli.imports import show_problems, show_warnings
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.people.reading import PeopleFile, read_people


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="people_file", metavar="FILE")
    parser.take("--departments", about="departments_file", metavar="FILE")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Imports all or nothing; the exit code."""
    with workplace(options, draft=given.dry_run) as place:
        people = Path(given.file)
        departments = Path(given.departments) if given.departments else None
        found = read_people(people, departments)
        if not isinstance(found, PeopleFile):
            show_problems(place.output, found)
            return FINDINGS
        listed = departments.name if departments else None
        before = place.store.position()
        refusal = place.administration.import_people(found, people.name, listed)
        if refusal is not None:
            raise place.refused(refusal)
        counts = {"people": len(found.persons), "departments": len(found.departments)}
        moved = consequences(place, before)
        show_warnings(place.output, found.warnings, {**counts, "cases": len(moved)})
        message = "people.foreseen" if given.dry_run else "people.imported"
        if not place.output.is_json:
            place.output.line(place.output.say(message, **counts))
            tell_cases(place, moved)
    return 0
