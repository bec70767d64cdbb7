"""`baton compact`: a snapshot of what is live; closed cases go to the archive."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, workplace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Compacts; the exit code."""
    with workplace(options) as place:
        if given.dry_run:
            return _foresee(place)
        if not place.store.compact():
            raise wrong_use(options.language, "C160")
        if place.output.is_json:
            place.output.json({"compacted": True})
        else:
            place.output.line(place.output.say("compact.done"), "good")
    return 0


def _foresee(place: Workplace) -> int:
    """Whether compacting would pay by now; the exit code."""
    due, size = place.store.is_long, place.store.summary().bytes
    if place.output.is_json:
        place.output.json({"dry_run": True, "due": due, "bytes": size})
    else:
        message = "compact.due" if due else "compact.not_due"
        place.output.line(place.output.say(message, bytes=size))
    return 0
