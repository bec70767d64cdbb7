"""`baton people substitute`: somebody does what falls to a person on some days."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from cli.acting import acting_arguments
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from engine.absences import Absences
from engine.people.cells import parse_day
from engine.people.directory import Substitute
from engine.rejection import Refusal


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("person", about="absent", metavar="PERSON")
    parser.take("substitute", about="substitute", nargs="?", metavar="SUBSTITUTE")
    parser.take("--from", about="first_day", metavar="DATE", dest="first")
    parser.take("--to", about="last_day", metavar="DATE", dest="last")
    parser.take("--end", about="back", action="store_true")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Arranges a substitute, or ends it; the exit code."""
    with workplace(options) as place:
        actor = place.arranger(given.id)
        absences = Absences(place.service, place.caller, actor)
        how = {"command_id": given.id, "dry_run": given.dry_run}
        if given.end == bool(given.substitute):
            raise wrong_use(options.language, "C145")
        person = place.person(given.person)
        if given.end:
            ended = absences.end(person, **how)
            if isinstance(ended, Refusal):
                raise place.refused(ended)
            return _tell(place, "ended", ended, dry_run=given.dry_run)
        wanted = Substitute(
            person,
            place.person(given.substitute),
            _day(place, given.first),
            _day(place, given.last),
        )
        refusal = absences.begin(wanted, **how)
        if refusal is not None:
            raise place.refused(refusal)
        return _tell(place, "set", (wanted,), dry_run=given.dry_run)


def _day(place: Workplace, text: str | None) -> date:
    day = None if text is None else parse_day(text)
    if day is None:
        raise wrong_use(place.language, "C150", value=text or "—")
    return day


def _tell(place: Workplace, what: str, told: tuple[Substitute, ...], *, dry_run: bool) -> int:
    output = place.output
    if output.is_json:
        output.json({"dry_run": dry_run, what: told})
        return 0
    if dry_run:
        output.line(output.say("substitute.foreseen"))
    for one in told:
        names = {"person": place.described(one.person), "by": place.described(one.by)}
        days = {"first": one.first.isoformat(), "last": one.last.isoformat()}
        output.line(output.say(f"substitute.{what}", **names, **days))
    return 0
