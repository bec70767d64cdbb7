"""`baton advance`: what is due happens; in a sandbox the clock is set first."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime
from functools import partial

from msgspec.structs import replace

from cli.consequences import consequences, counts, tell_cases
from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from dsl.expressions.scalars import FIRST_DAY
from dsl.types import DateTimeType
from engine.feed_files import wire_of
from engine.people.cells import parse_day
from engine.rejection import Refusal


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--at", about="at", metavar="TIME")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Fires what is due; the exit code."""
    with workplace(options, draft=given.dry_run) as place:
        before = place.store.position()
        if given.at is None:
            cases = advance_now(place)
        else:
            cases = _advance_to(place, _instant(place, given.at))
        if isinstance(cases, Refusal):
            raise place.refused(_in_local_time(place, cases))
        if not place.output.is_json and sys.stderr.isatty():
            print(file=sys.stderr)
        tell_advance(place, before, dry_run=given.dry_run)
    return 0


def advance_now(place: Workplace) -> int | Refusal:
    """Let what is due happen, by an administrator; gives how many cases were touched."""
    refusal = place.administration.refuse()
    return refusal or place.service.advance(partial(_progress, place.output))


def _advance_to(place: Workplace, at: datetime) -> int | Refusal:
    administration = place.administration
    refusal = None
    if not place.workspace.settings.sandbox and place.service.settings.sandbox:
        # In thought, time passes in a live workspace too: from now on, and not back.
        refusal = administration.set_clock(place.service.world.clock.now())
    return refusal or administration.advance_to(at, partial(_progress, place.output))


def _in_local_time(place: Workplace, refusal: Refusal) -> Refusal:
    """The instants of R143 as people of the workspace read them."""
    if refusal.code != "R143":
        return refusal
    values = {
        name: place.local(datetime.fromisoformat(stamp)) for name, stamp in refusal.values.items()
    }
    return replace(refusal, values=values)


def _instant(place: Workplace, text: str) -> datetime:
    """A local time of the workspace's zone; a day alone is its first minute."""
    day = parse_day(text)
    wire = f"{day}T00:00" if day else wire_of(DateTimeType(), text.strip())
    try:
        naive = datetime.fromisoformat(str(wire))
        if naive.tzinfo or naive.date().isoformat() < FIRST_DAY:
            raise wrong_use(place.language, "C129", at=text)
        return naive.replace(tzinfo=place.zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # no time of that form; after all years
        raise wrong_use(place.language, "C129", at=text) from error


def _progress(output: Output, count: int) -> None:
    """On a terminal, the number of cases so far, on one line that is written over."""
    if not output.is_json and sys.stderr.isatty():
        print(output.say("advance.progress", count=count), end="\r", file=sys.stderr, flush=True)


def tell_advance(place: Workplace, before: int, *, dry_run: bool) -> None:
    """The time by now, and what has happened in the cases behind a position, or would."""
    output = place.output
    now = place.service.world.clock.now()
    found = consequences(place, before)
    if output.is_json:
        local = now.astimezone(place.zone).isoformat()
        told = {"now": local, "cases": len(found), "events": counts(found)}
        output.json({"dry_run": dry_run, **told})
        return
    heading = "advance.foreseen" if dry_run else "advance.now"
    output.line(output.say(heading, now=place.local(now), cases=len(found)))
    tell_cases(place, found)
