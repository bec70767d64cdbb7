"""`baton warning list`: the early warnings that stand, the latest first."""

from __future__ import annotations

from argparse import Namespace
from datetime import datetime

from msgspec import Struct

from cli.options import Options
from cli.parser import Parser
from cli.tables import Cell, print_table
from cli.workplace import Workplace, workplace
from engine.store.port import Row

COLUMNS = ("at", "rule", "record", "told", "text")


class Warned(Struct, frozen=True):
    """One warning; `cleared_at` is None while it stands."""

    id: str
    rulebook: str
    rule: str
    key: str
    record: str
    notes: tuple[str, ...]
    told: tuple[str, ...]
    raised_at: datetime
    cleared_at: datetime | None


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--all", about="all", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the warnings; the exit code."""
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        rows = reversed(place.store.rows("warnings", order="raised_at"))
        found = [
            _warned(place, row)
            for row in rows
            if (given.all or row["cleared_at"] is None) and _may_see(place, row, viewer)
        ]
        if output.is_json:
            output.json(found)
            return 0
        table: list[list[Cell]] = [
            [
                place.local(one.raised_at),
                one.rule,
                one.record,
                ", ".join(one.told),
                "; ".join(one.notes),
            ]
            for one in found
        ]
        print_table([output.say(f"column.{name}") for name in COLUMNS], table)
        output.line(output.say("warning.count", count=len(found)), "quiet")
    return 0


def _may_see(place: Workplace, row: Row, viewer: str) -> bool:
    """Whoever was told sees a warning, and so do administrators."""
    administrator = place.caller.account in place.service.administrators
    return administrator or viewer in row["to"]


def _warned(place: Workplace, row: Row) -> Warned:
    directory = place.service.world.directory()
    people = (directory.person(one) or one for one in row["to"])
    cleared = row["cleared_at"]
    return Warned(
        id=row["id"],
        rulebook=row["rulebook"],
        rule=row["rule"],
        key=row["key"],
        record=row["record"],
        notes=tuple(row["notes"]),
        told=tuple(one if isinstance(one, str) else one.name for one in people),
        raised_at=datetime.fromisoformat(row["raised_at"]),
        cleared_at=None if cleared is None else datetime.fromisoformat(cleared),
    )
