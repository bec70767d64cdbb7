"""`baton notice list`: who has been told what, the latest first."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime

from cli.options import Options
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import Workplace, workplace
from engine.store.port import Row
from engine.views.notices import NoticeView, notice_view
from engine.views.reader import Reader

COLUMNS = ("at", "case", "channel", "told", "text")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--all", about="all", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the notices; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        found = list(_notices(place, viewer, everybody=given.all))
        if output.is_json:
            output.json(found)
            return 0
        rows = [
            [place.local(one.at), one.case, one.channel, ", ".join(one.to), one.text]
            for one in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], rows)
        output.line(output.say("notice.count", count=len(found)), "quiet")
    return 0


def _notices(place: Workplace, viewer: str, *, everybody: bool) -> Iterator[NoticeView]:
    rows = place.store.rows("outbox", {"kind": "notice"}, order="at")
    for row in reversed(rows):
        if row["case"] == "":
            if _is_told(row, viewer):
                yield _of_warning(place, row)
            continue
        scope = place.seen(row["case"], viewer)
        if scope is not None and (everybody or _is_told(row, viewer)):
            yield notice_view(Reader(scope, place.language), row["id"], row)


def _of_warning(place: Workplace, row: Row) -> NoticeView:
    """A notice outside any case: whoever was told may read it."""
    directory = place.service.world.directory()
    people = (directory.person(one["person"]) for one in row["to"])
    return NoticeView(
        id=row["id"],
        case="",
        at=datetime.fromisoformat(row["at"]),
        reason=row["reason"],
        channel=row["channel"],
        to=tuple(one.name for one in people if one is not None),
        passes_to=(),
        about=row["warning"],
        rule=row["rule"],
        text=row["text"] or row["warning"],
    )


def _is_told(row: Row, viewer: str) -> bool:
    return any(one["person"] == viewer for one in row["to"])
