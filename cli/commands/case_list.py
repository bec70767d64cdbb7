"""`baton case list`: the cases that the viewer may see."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from typing import get_args

from msgspec.structs import replace

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.status import case_status
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.desk.board import BoardQuery, View, page
from engine.desk.filtering import Filter, read_filter
from engine.desk.kept import KeptViews
from engine.desk.listing import ENDED as ENDED_TABLE
from engine.desk.listing import LIVE, EndedCases, board_rows
from engine.rejection import Refusal
from engine.store.port import TableName
from engine.texts import MESSAGES
from engine.views.board import BoardRow, Light
from engine.views.progress import progress_short

COLUMNS = ("case", "subject", "post", "status", "stage", "items", "due", "waits_for")
ENDED: tuple[Light, ...] = ("closed", "rejected", "withdrawn", "cancelled")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--status", about="status", choices=get_args(Light))
    parser.take("--mine", about="mine", action="store_true")
    parser.take("--all", about="all_cases", action="store_true")
    parser.take("--view", about="board_view", metavar="NAME")
    parser.take("--where", about="where", metavar="FILTER", default="")


def run(options: Options, given: Namespace) -> int:
    """Shows the board; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        if given.view is None:
            rows = _listed(place, viewer, given)
        else:
            rows = _of_view(place, viewer, given)
        if output.is_json:
            output.json(rows)
            return 0
        head = [output.say(f"column.{name}") for name in COLUMNS]
        print_table(head, (_cells(place, row) for row in rows))
        output.line(output.say("case.count", count=len(rows)), "quiet")
        if not rows and _asks_for_stuck(given):
            output.line(MESSAGES.say(place.language, "stuck.none"))
    return 0


def _asks_for_stuck(given: Namespace) -> bool:
    """That nothing is found is good news there, if nothing else has been asked for."""
    wanted = read_filter(given.where)
    asked = {given.status, given.view} - {None}
    if isinstance(wanted, Filter) and wanted.words:
        asked.add("stuck" if wanted.asks_only_for("stuck") else "")
    return asked == {"stuck"} and not given.mine


def _listed(place: Workplace, viewer: str, given: Namespace) -> list[BoardRow]:
    wanted = read_filter(given.where)
    if isinstance(wanted, Refusal):
        raise place.misused(wanted)
    now = place.service.world.clock.now()
    return [
        row
        for row in board_rows(place.service, viewer, place.language, _tables(given))
        if _has_status(row, given) and (row.mine or not given.mine) and wanted.fits(row, now)
    ]


def _of_view(place: Workplace, viewer: str, given: Namespace) -> list[BoardRow]:
    """A view of the board, one that every board has or one of the person's own."""
    own = KeptViews(f"{place.service.settings.id}/{viewer}").all()
    every = {one: BoardQuery(view=one) for one in get_args(View)} | own
    query = every.get(given.view)
    if query is None:
        raise wrong_use(place.language, "C142", view=given.view, known=place.output.listed(every))
    query = replace(query, words=f"{query.words} {given.where}", group="none")
    ended = EndedCases(place.service, viewer, place.language)
    live = list(board_rows(place.service, viewer, place.language, (LIVE,)))
    found = page(live, ended, query, place.service.world.clock.now(), 0, sys.maxsize)
    if isinstance(found, Refusal):
        raise place.misused(found)
    return [row for row in found.rows if isinstance(row, BoardRow)]


def _tables(given: Namespace) -> Iterator[TableName]:
    if given.all or given.status in ENDED:
        yield ENDED_TABLE
    if given.status not in ENDED:
        yield LIVE


def _has_status(row: BoardRow, given: Namespace) -> bool:
    return given.status is None or row.status == given.status


def _cells(place: Workplace, row: BoardRow) -> list[Cell]:
    return [
        row.id,
        row.subject,
        row.post,
        case_status(place.language, row.status),
        row.stage or "",
        progress_short(row),
        place.due(row.next_due, provisional=row.provisional),
        row.waits_for,
    ]
