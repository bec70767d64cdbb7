"""`baton refusal list`: what people tried beyond their authority, the latest first."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct

from cli.finding import case_number
from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.authority import managers
from engine.rejection import Refusal
from engine.store.port import Row
from engine.texts import MESSAGES
from engine.views.refusals import refusal_view

COLUMNS = ("at", "case", "who", "host", "attempt", "code", "why")


class Attempt(Struct, frozen=True):
    """One attempt; `case` is empty where it was in none, `task` null where it was about none.

    `person` is who acted: a person's id, or `account:NAME` of an account that is nobody's.
    """

    at: datetime
    case: str
    person: str
    name: str
    on_behalf_of: str | None
    host: str
    act: str
    task: str | None
    code: str
    text: str


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--case", about="refusal_case", metavar="CASE", type=case_number)
    parser.take("--person", about="refusal_person", metavar="PERSON")


def run(options: Options, given: Namespace) -> int:
    """Shows the attempts; the exit code."""
    with workplace(options) as place:
        output = place.output
        found = [_attempt(place, row) for row in _rows(place, given)]
        if output.is_json:
            output.json(found)
            return 0
        table: list[list[Cell]] = [
            [place.local(one.at), one.case, one.name, one.host, one.act, one.code, one.text]
            for one in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], table)
        output.line(output.say("refusal.count", count=len(found)), "quiet")
    return 0


def _rows(place: Workplace, given: Namespace) -> Iterable[Row]:
    """Administrators see every attempt, everybody else those in the cases that they manage."""
    where: dict[str, str | int | bool] = {}
    if given.case is not None:
        where["case"] = given.case
    if given.person is not None:
        where["person"] = place.person(given.person)
    if place.administers:
        return reversed(place.store.rows("attempts", where, order="recorded_at"))
    viewer = place.actor().authority
    rows = place.store.rows("attempts", where, order="recorded_at")
    managed = {case for case in {row["case"] for row in rows} if _manages(place, viewer, case)}
    return [row for row in reversed(rows) if row["case"] in managed]


def _manages(place: Workplace, viewer: str, case: str) -> bool:
    scope = place.service.scope(case) if case else None
    return scope is not None and viewer in managers(scope)


def _attempt(place: Workplace, row: Row) -> Attempt:
    scope = place.service.scope(row["case"]) if row["case"] else None
    reader = None if scope is None else place.read(scope)
    refusal = Refusal(row["code"], "authority", row["values"])
    return Attempt(
        at=datetime.fromisoformat(row["at"]),
        case=row["case"],
        person=row["person"],
        name=place.described(row["person"]),
        on_behalf_of=row["on_behalf_of"],
        host=row["host"],
        act=MESSAGES.say(place.language, f"act.{row['act']}"),
        task=row["task"],
        code=row["code"],
        text=refusal_view(refusal, place.language, reader).text,
    )
