"""`baton report leftovers`: what closed cases have left, with whom it is and who answers for it."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.views.leftovers import Leftover, leftovers

COLUMNS = ("case", "subject", "about", "left", "who", "department", "answers", "since", "due")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--with", about="with", metavar="PERSON", dest="person")
    parser.take("--department", about="left_department", metavar="NAME")


def run(options: Options, given: Namespace) -> int:
    """Shows the report over the cases that the viewer may see; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        person = None if given.person is None else place.person(given.person)
        rows = [
            row
            for row in leftovers(place.readers(viewer))
            if (person is None or person in (*row.people, *row.answers))
            and (given.department is None or given.department in row.departments)
        ]
        if output.is_json:
            output.json(rows)
            return 0
        head = [output.say(f"column.{name}") for name in COLUMNS]
        print_table(head, (_cells(place, row) for row in rows))
        output.line(output.say("report.leftovers", count=len(rows)), "quiet")
    return 0


def _cells(place: Workplace, row: Leftover) -> list[Cell]:
    return [
        row.case,
        row.subject,
        row.title,
        place.output.say(f"report.left.{row.what}"),
        ", ".join(row.names),
        ", ".join(row.departments),
        ", ".join(row.answer_names) or place.output.say("report.nobody"),
        place.local(row.since),
        place.local(row.due),
    ]
