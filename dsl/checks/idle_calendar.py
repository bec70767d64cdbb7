"""W531: a calendar that the rulebook does not use.

Why: a calendar counts only if the header says `uses calendar`; one that is declared and left there
makes people believe in days off that no deadline knows.

Example: `calendar site "Site"` in a rulebook whose header says `uses calendar CN`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def idle_calendar(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each calendar that the header does not name."""
    return tuple(
        finding(
            "W531",
            "warning",
            [label(checked, f"calendar.{calendar.id}.id", "W531.label")],
            {"calendar": calendar.id, "uses": keyword(checked, "uses_calendar")},
        )
        for calendar in checked.rulebook.calendars
        if calendar.id != checked.rulebook.calendar
    )
