"""`baton people grant`: somebody may act for a person, or may no more."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from cli.acting import acting_arguments
from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import Workplace, workplace
from engine.grants import Grants
from engine.people.cells import parse_day
from engine.people.directory import Grant


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("person", about="principal", metavar="PERSON")
    parser.take("by", about="agent", metavar="BY")
    parser.take("--until", about="until", metavar="DATE")
    parser.take("--end", about="grant_end", action="store_true")
    parser.take("--reason", about="reason", default="")
    acting_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Grants or revokes; the exit code."""
    with workplace(options) as place:
        grants = Grants(place.service, place.caller, place.arranger(given.id))
        person, by = place.person(given.person), place.person(given.by)
        wanted = Grant(person, by, _day(place, given.until))
        how = {"command_id": given.id, "dry_run": given.dry_run}
        if given.end:
            refusal = grants.revoke(person, by, given.reason, **how)
        else:
            refusal = grants.grant(wanted, given.reason, **how)
        if refusal is not None:
            raise place.refused(refusal)
        _tell(place, wanted, given)
    return 0


def _day(place: Workplace, text: str | None) -> date | None:
    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise wrong_use(place.language, "C150", value=text)
    return day


def _tell(place: Workplace, grant: Grant, given: Namespace) -> None:
    output = place.output
    if output.is_json:
        output.json({"dry_run": given.dry_run, "ended": given.end, "grant": grant})
        return
    if given.dry_run:
        output.line(output.say("substitute.foreseen"))
    message = "grant.ended" if given.end else "grant.set" if grant.last is None else "grant.until"
    names = {"person": place.described(grant.person), "by": place.described(grant.by)}
    output.line(output.say(message, **names, last=str(grant.last)))
