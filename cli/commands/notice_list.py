"""`baton notice list`: who has been told what, and who was not told; the latest first."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.output import Output, Word
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import workplace
from engine.desk.notices import notices
from engine.texts import MESSAGES as CHANNELS
from engine.views.notices import NoticeView

COLUMNS = ("at", "case", "channel", "told", "text")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--all", about="all", action="store_true")
    parser.take("--failed", about="failed", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the notices; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        found = [
            one
            for one in notices(place.service, viewer, place.language, everybody=_others(given))
            if one.withheld or not given.failed
        ]
        if output.is_json:
            output.json(found)
            return 0
        rows: list[list[Cell]] = [
            [
                place.local(one.at),
                one.case,
                CHANNELS.say(place.language, f"channel.{one.channel}"),
                _told(one, output),
                one.text,
            ]
            for one in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], rows)
        output.line(output.say("notice.count", count=len(found)), "quiet")
    return 0


def _others(given: Namespace) -> bool:
    """Whoever was not told may be anybody."""
    return bool(given.all or given.failed)


def _told(notice: NoticeView, output: Output) -> Cell:
    if notice.withheld:
        return Word(f"✖ {output.clauses(notice.withheld)}", "bad")
    return output.listed(notice.to)
