"""Rulebooks beside people: what nobody could do. Only `check --people` asks for it, so it is loaded late."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from cli.imports import show_problems
from cli.options import Options
from cli.output import Output
from cli.workplace import workplace
from dsl.allowances import not_allowed
from dsl.diagnostic import in_order
from dsl.fixing import Fixed
from engine.clock import SystemClock
from engine.people.directory import Directory
from engine.people.reading import PeopleFile, read_people
from engine.staffing import unfilled
from engine.workspace import is_workspace


class Crew(Struct, frozen=True):
    """The people whom rulebooks are looked at with, on a day."""

    directory: Directory
    today: date

    def beside(self, after: Fixed) -> Fixed:
        """A checked text with W510 for what its own allowances do not allow."""
        outcome = after.outcome
        if outcome.checked is None or outcome.composed is None:
            return after
        found = unfilled(outcome.checked, self.directory, self.today)
        kept = not_allowed(outcome.composed.texts, outcome.composed.rulebook, found)
        told = in_order([*outcome.diagnostics, *kept])
        return replace(after, outcome=replace(outcome, diagnostics=told))


def crew_of(options: Options, people: str, departments: str | None) -> Crew | None:
    """The people of files as `people import` takes them; None if they have problems, which are shown."""
    found = read_people(Path(people), Path(departments) if departments else None)
    if not isinstance(found, PeopleFile):
        show_problems(Output(options.format, options.language), found)
        return None
    return Crew(found.directory(), _today(options))


def _today(options: Options) -> date:
    """The day of the workspace that the options name; where there is none, the machine's."""
    if not is_workspace(Path(options.workspace)):
        return SystemClock().now().astimezone().date()
    with workplace(options) as place:
        return place.service.world.today
