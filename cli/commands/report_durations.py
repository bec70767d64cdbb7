"""`baton report durations`: how many days each stage takes, and what stands in it now."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import workplace
from engine.desk.measured import StageTime, measured, stage_times

COLUMNS = ("stage", "cases", "median", "longest", "standing", "oldest")


def arguments(parser: Parser) -> None:
    """Takes nothing."""
    del parser


def run(options: Options, given: Namespace) -> int:
    """Shows the stages over the cases that the viewer may see; the exit code."""
    del given
    with workplace(options) as place:
        output = place.output
        found = stage_times(measured(place.service, place.actor().authority, place.language))
        if output.is_json:
            output.json(found)
            return 0
        print_table([output.say(f"column.{name}") for name in COLUMNS], map(_cells, found))
        output.line(output.say("report.durations"), "quiet")
    return 0


def _cells(row: StageTime) -> list[str]:
    return [
        row.stage,
        str(row.count),
        "—" if row.median is None else f"{row.median:.1f}",
        "—" if row.longest is None else f"{row.longest:.1f}",
        str(row.standing),
        "" if row.oldest is None else f"{row.oldest} ({row.oldest_days:.1f})",
    ]
