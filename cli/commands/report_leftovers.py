"""`baton report leftovers`: what closed cases have left, with whom it is and who answers for it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from cli.failures import wrong_use
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
        every = leftovers(place.readers(viewer))
        person = None if given.person is None else _person(place, given.person, every)
        _check_department(place, given.department, every)
        rows = [
            row
            for row in every
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


def _person(place: Workplace, text: str, rows: Iterable[Leftover]) -> str:
    """Who is meant; somebody who is not in the directory any more may still be in the cases."""
    person = place.person(text)
    gone = any(person in (*row.people, *row.answers) for row in rows)
    if place.directory.person(person) is None and not gone:
        raise wrong_use(place.language, "C147", name=text)
    return person


def _check_department(place: Workplace, name: str | None, rows: Iterable[Leftover]) -> None:
    known = set(place.directory.departments)
    known |= {one.department for one in place.directory.persons.values() if one.department}
    known |= {one for row in rows for one in row.departments}
    if name is not None and name not in known:
        raise wrong_use(
            place.language, "C148", name=name, known=place.output.listed(sorted(known)) or "—"
        )


def _cells(place: Workplace, row: Leftover) -> list[Cell]:
    return [
        row.case,
        row.subject,
        row.title,
        place.output.say(f"report.left.{row.what}"),
        place.output.listed(row.names),
        place.output.listed(row.departments),
        place.output.listed(row.answer_names) or place.output.say("report.nobody"),
        place.local(row.since),
        place.local(row.due),
    ]
