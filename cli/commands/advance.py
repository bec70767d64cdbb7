"""`baton advance`: what is due happens; in a sandbox the clock is set first."""

from __future__ import annotations

import sys
from argparse import Namespace
from datetime import UTC, datetime

from msgspec.structs import replace

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from dsl.expressions.scalars import FIRST_DAY
from engine.rejection import Refusal
from engine.store.port import StoredEvent
from engine.views.reader import Reader
from engine.views.timeline import timeline

FORMS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--at", about="at", metavar="TIME")


def run(options: Options, given: Namespace) -> int:
    """Fires what is due; the exit code."""
    with workplace(options) as place:
        before = place.store.position()
        cases = _advance(place, given.at)
        if isinstance(cases, Refusal):
            raise place.refused(_in_local_time(place, cases))
        if not place.output.is_json and sys.stderr.isatty():
            print(file=sys.stderr)
        _tell(place, before)
    return 0


def _advance(place: Workplace, at: str | None) -> int | Refusal:
    def progress(count: int) -> None:
        _progress(place.output, count)

    if at is not None:
        return place.administration.advance_to(_instant(place, at), progress)
    refusal = place.administration.refuse()
    return refusal or place.service.advance(progress)


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
    for form in FORMS:
        try:
            naive = datetime.strptime(text.strip(), form)  # noqa: DTZ007 - the zone follows
            if naive.date().isoformat() < FIRST_DAY:
                break
            return naive.replace(tzinfo=place.zone).astimezone(UTC)
        except (ValueError, OverflowError):  # no time of that form; before or after all years
            continue
    raise wrong_use(place.language, "C129", at=text)


def _progress(output: Output, count: int) -> None:
    """On a terminal, the number of cases so far, on one line that is written over."""
    if not output.is_json and sys.stderr.isatty():
        print(output.say("advance.progress", count=count), end="\r", file=sys.stderr, flush=True)


def _tell(place: Workplace, before: int) -> None:
    output = place.output
    now = place.service.world.clock.now()
    found: dict[str, list[StoredEvent]] = {}
    for event in place.store.changes(after=before):
        if place.service.cases.exists(event.stream):
            found.setdefault(event.stream, []).append(event)
    if output.is_json:
        counts = {case: len(events) for case, events in found.items()}
        output.json(
            {"now": now.astimezone(place.zone).isoformat(), "cases": len(found), "events": counts}
        )
        return
    output.line(output.say("advance.now", now=place.local(now), cases=len(found)))
    for case, events in found.items():
        output.line(output.say("advance.case", case=case, count=len(events)))
        # In a sandbox anybody may be anyone, so anybody may read what happened.
        scope = place.service.scope(case) if place.workspace.settings.sandbox else None
        if scope is not None:
            for entry in timeline(Reader(scope, place.language), events):
                output.line(f"  {place.local(entry.at)}  {entry.text}")
