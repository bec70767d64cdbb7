"""`baton report unfinished`: what is not finished, with whom, since when, and what waits for it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator

from cli.options import Options
from cli.parser import Parser
from cli.status import task_status
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.views.reader import Reader
from engine.views.unfinished import Unfinished, unfinished

COLUMNS = ("case", "subject", "item", "status", "who", "since", "due", "cause", "holds")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("case", about="report_case", metavar="CASE", nargs="?")
    parser.take("--overdue", about="overdue", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the report over the cases that the viewer may see; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        rows = [
            row
            for reader in _readers(place, viewer, given.case)
            for row in unfinished(reader, viewer)
            if row.status == "overdue" or not given.overdue
        ]
        if output.is_json:
            output.json(rows)
            return 0
        head = [output.say(f"column.{name}") for name in COLUMNS]
        print_table(head, (_cells(place, row) for row in rows))
        output.line(output.say("report.count", count=len(rows)), "quiet")
    return 0


def _readers(place: Workplace, viewer: str, case: str | None) -> Iterator[Reader]:
    if case is not None:
        yield place.reader(case, viewer)
        return
    for row in place.store.rows("cases", {"viewers": viewer, "status": "open"}, order="id"):
        scope = place.seen(row["id"], viewer)
        if scope is not None:
            yield place.read(scope)


def _cells(place: Workplace, row: Unfinished) -> list[Cell]:
    cause = row.cause or ""
    if cause and not row.confirmed:
        cause = place.output.say("report.unconfirmed", cause=cause)
    return [
        row.case,
        row.subject,
        row.title,
        task_status(place.language, row.status),
        place.output.listed(row.people),
        place.local(row.since),
        place.due(row.due, provisional=row.provisional),
        cause,
        place.output.clauses(row.holds),
    ]
