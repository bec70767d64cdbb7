"""`baton case history`: what has happened, in sentences."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import case_argument
from cli.options import Options
from cli.parser import Parser
from cli.tables import print_table
from cli.workplace import workplace
from engine.views.timeline import Entry, timeline


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    case_argument(parser)
    parser.take("--inner", about="inner", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the timeline; the exit code."""
    with workplace(options) as place:
        output = place.output
        reader = place.reader(given.case, place.actor().authority)
        stored = [*place.store.read(given.case), *place.store.read(f"{given.case}/attempts")]
        entries = timeline(reader, stored, inner=given.inner)
        if output.is_json:
            output.json(entries)
            return 0
        head = [output.say(f"column.{name}") for name in ("at", "who", "host", "what")]
        rows = [[place.local(one.at), _who(one), one.host, one.text] for one in entries]
        print_table(head, rows)
    return 0


def _who(entry: Entry) -> str:
    return f"{entry.actor} → {entry.on_behalf_of}" if entry.on_behalf_of else entry.actor
