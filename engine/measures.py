"""What a case took: how late its items were, and how long each of its stages lasted.

A closed case keeps it in its row, so that reports over many cases replay none of them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from engine.calendars import WorkCalendar
from engine.scope import Scope
from engine.state import CaseState, ItemTask

LONGEST = 3660
"""Days that are counted at most."""


class Lateness(Struct, frozen=True):
    """Of the instances of one item: how many, how many were or are late, by how many working days."""

    count: int
    late: int
    days: int


class Measures(Struct, frozen=True):
    """What a case took.

    Attributes:
        items: per item declaration.
        stages: per stage that has begun the days (24 hours) that it lasted, so far or until the next.
    """

    items: dict[str, Lateness]
    stages: dict[str, float]


def measures(scope: Scope) -> Measures:
    """Of a live case as it is now; of one that has ended, as it was after its last event."""
    now = scope.now if scope.state.status == "open" else scope.state.last_at
    assert now is not None
    found: dict[str, Lateness] = {}
    for task in scope.state.tasks.values():
        if isinstance(task, ItemTask) and task.status not in ("not_applicable", "cancelled"):
            end = task.ended_at or now
            days = days_late(scope.context.calendar, task.due, end)
            late = task.due is not None and end > task.due
            old = found.get(task.ref, Lateness(0, 0, 0))
            found[task.ref] = Lateness(old.count + 1, old.late + late, old.days + days)
    return Measures(found, _stages(scope.state, now))


def days_late(calendar: WorkCalendar, due: datetime | None, end: datetime) -> int:
    """Working days after the day of a deadline, up to the day of the end."""
    if due is None or end <= due:
        return 0
    day, last = calendar.day_of(due), calendar.day_of(end)
    return sum(map(calendar.is_working_day, _after(day, last)))


def _after(day: date, last: date) -> list[date]:
    return [day + timedelta(days=n) for n in range(1, min((last - day).days, LONGEST) + 1)]


def _stages(state: CaseState, now: datetime) -> dict[str, float]:
    begun, end = state.stages, state.closed_at or now
    moments = [*begun.values(), max(end, *begun.values())] if begun else []
    spans = ((later - earlier).total_seconds() for earlier, later in pairwise(moments))
    return {stage: span / 86400 for stage, span in zip(begun, spans, strict=True)}
