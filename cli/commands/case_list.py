"""`baton case list`: the cases that the viewer may see."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import get_args

from cli.options import Options
from cli.parser import Parser
from cli.status import case_status
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.desk.filtering import read_filter
from engine.rejection import Refusal
from engine.views.cases import BoardRow, Light, board_row
from engine.views.reader import Reader

COLUMNS = ("case", "subject", "post", "status", "stage", "items", "due", "waits_for")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--status", about="status", choices=get_args(Light))
    parser.take("--mine", about="mine", action="store_true")
    parser.take("--where", about="where", metavar="FILTER", default="")


def run(options: Options, given: Namespace) -> int:
    """Shows the board; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        wanted = read_filter(given.where)
        if isinstance(wanted, Refusal):
            raise place.refused(wanted)
        now = place.service.world.clock.now()
        rows = [
            row
            for row in _rows(place, viewer, mine=given.mine)
            if _has_status(row, given) and wanted.fits(row, now)
        ]
        if output.is_json:
            output.json(rows)
            return 0
        head = [output.say(f"column.{name}") for name in COLUMNS]
        print_table(head, (_cells(place, row) for row in rows))
        output.line(output.say("case.count", count=len(rows)), "quiet")
    return 0


def _rows(place: Workplace, viewer: str, *, mine: bool) -> Iterator[BoardRow]:
    awaited = {row["case"] for row in place.store.rows("tasks", {"people": viewer})}
    for row in place.store.rows("cases", {"viewers": viewer}, order="id"):
        if mine and row["subject"] != viewer and row["id"] not in awaited:
            continue
        scope = place.seen(row["id"], viewer)
        if scope is not None:
            yield board_row(Reader(scope, place.language), viewer)


def _has_status(row: BoardRow, given: Namespace) -> bool:
    return given.status is None or row.status == given.status


def _cells(place: Workplace, row: BoardRow) -> list[Cell]:
    return [
        row.id,
        row.subject,
        row.post,
        case_status(place.language, row.status),
        row.stage or "",
        f"{row.items_done}/{row.items}",
        place.local(row.next_due),
        row.waits_for,
    ]
