"""`baton report responsible`: who was responsible for something on a day, over all cases."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.desk.holding import holdings
from engine.people.cells import parse_day
from engine.views.responsible import Answer

COLUMNS = ("what", "who", "how", "since", "until", "task", "proof")


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("what", about="what", metavar="WHAT")
    parser.take("--on", about="on_day", metavar="DATE")


def run(options: Options, given: Namespace) -> int:
    """Answers from the cases that the viewer may see; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        day = _day(place, given.on)
        answers = holdings(place.service, viewer, place.language, day, given.what)
        if output.is_json:
            output.json({"day": day, "answers": answers})
            return 0
        if not answers:
            output.line(output.say("report.day.none", what=given.what), "quiet")
            return 0
        head = [output.say(f"column.{name}") for name in COLUMNS]
        print_table(head, (_cells(place, one) for one in answers), whole=0)
        output.line(output.say("report.day", count=len(answers), day=day.isoformat()), "quiet")
    return 0


def _day(place: Workplace, text: str | None) -> date:
    if text is None:
        return place.service.world.today
    day = parse_day(text)
    if day is None:
        raise wrong_use(place.language, "C150", value=text)
    return day


def _how(place: Workplace, answer: Answer) -> str:
    if answer.how == "giver" and answer.unsigned:
        return place.output.say("report.how.unsigned", people=place.output.listed(answer.unsigned))
    return place.output.say(f"report.how.{answer.how}")


def _cells(place: Workplace, answer: Answer) -> list[Cell]:
    proof = answer.proof
    shown = "" if proof is None else f"{proof.case}#{proof.sequence} {proof.hash_before[:12]}"
    return [
        answer.title,
        place.output.listed(answer.people),
        _how(place, answer),
        place.local(answer.since),
        place.local(answer.until),
        answer.task,
        shown,
    ]
