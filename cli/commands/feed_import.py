"""`baton feed import`: the rows of a feed from a file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path

from cli.failures import FINDINGS, wrong_use
from cli.imports import show_problems, show_warnings
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from engine.feed_files import read_feed
from engine.feeding import follow_feed
from engine.feeds import FeedData
from engine.rejection import Refusal


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("feed", about="feed", metavar="NAME")
    parser.take("file", about="feed_file", metavar="FILE")
    parser.take("--rulebook", about="rulebook", metavar="ID", required=True)
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Imports all or nothing; the exit code."""
    with workplace(options, draft=given.dry_run) as place:
        program = place.program(place.release(given.rulebook))
        feeds = program.feeds.values()
        feed = next((one for one in feeds if given.feed in (one.id, *one.title.values())), None)
        if feed is None:
            known = place.output.listed(one.id for one in feeds) or "—"
            raise wrong_use(options.language, "C122", feed=given.feed, known=known)
        file = Path(given.file)
        record = program.records[feed.record]
        data = read_feed(file, record, program.records, program.zone, place.directory)
        if not isinstance(data, FeedData):
            show_problems(place.output, data)
            return FINDINGS
        which = program.rulebook.id, feed.id
        refusal = place.administration.import_feed(*which, data, file.name)
        if refusal is not None:
            raise place.refused(refusal)
        followed = follow_feed(place.service, *which)
        show_warnings(place.output, data.warnings, {"rows": len(data.rows), "cases": len(followed)})
        if not place.output.is_json:
            message = "feed.foreseen" if given.dry_run else "feed.imported"
            said = place.output.say(
                message, feed=feed.id, rulebook=program.rulebook.id, count=len(data.rows)
            )
            place.output.line(said)
            _tell(place, followed)
    return 0


def _tell(place: Workplace, followed: Mapping[str, Refusal | None]) -> None:
    """Which open cases have followed, and which could not."""
    for case, refusal in followed.items():
        message = "feed.followed" if refusal is None else "feed.not_followed"
        code = "" if refusal is None else refusal.code
        place.output.line("  " + place.output.say(message, case=case, code=code))
