"""The board of cases: one line a case, from the rows of the query side alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, cast

from msgspec import Struct

from engine.calendars import WorkCalendar
from engine.store.port import Row
from engine.views.reader import Speaker

Light = Literal[
    "stuck", "overdue", "running", "suspended", "closed", "rejected", "withdrawn", "cancelled"
]  # fmt: skip


class BoardRow(Struct, frozen=True):
    """One case on the board: who, where it stands, what it waits for and for whom, by when.

    Attributes:
        items_done: of `items`, those that apply, as `engine.views.progress` counts them.
        mine: the case is the viewer's own, or something in it waits for them.
        provisional: the holidays of the year in which something is due next are not announced yet.
        late: how many tasks are overdue.
        held_by: the title of a shut gate that the flow waits at.
        outside: it waits for what comes from outside the company, or for another system.
    """

    id: str
    subject: str
    post: str
    department: str
    rulebook: str
    status: Light
    stage: str | None
    items_done: int
    items_waived: int
    items: int
    waits_for: str
    next_due: datetime | None
    provisional: bool
    mine: bool
    late: int
    held_by: str | None
    outside: bool


def board_row(
    speaker: Speaker, calendar: WorkCalendar, case: Row, tasks: Iterable[Row], viewer: str
) -> BoardRow:
    """One line about a case; what it waits for is the task that is due first.

    Args:
        speaker: of the case's program.
        calendar: that the program counts by.
        case: its row.
        tasks: the rows of its tasks that have not ended, in any order.
        viewer: whose case it may be.
    """
    waiting = [task for task in tasks if task["status"] != "waiting"]
    person = speaker.directory.person(case["subject"])
    due = datetime.fromisoformat(case["next_due"]) if case["next_due"] else None
    return BoardRow(
        id=case["id"],
        subject=case["name"],
        post=(person.post if person else None) or "—",
        department=(person.department if person else None) or "—",
        rulebook=speaker.rulebook,
        status=_light(case, waiting),
        stage=speaker.stage(case["stage"]) if case["stage"] else None,
        items_done=case["items_done"],
        items_waived=case["items_waived"],
        items=case["items"],
        waits_for=_waits_for(speaker, waiting),
        next_due=due,
        provisional=due is not None and calendar.provisional(calendar.day_of(due)),
        mine=case["subject"] == viewer or any(viewer in task["people"] for task in waiting),
        late=case["overdue"],
        held_by=speaker.declared(case["held_by"]) if case["held_by"] else None,
        outside=any(task.get("outside") for task in waiting),
    )


def _light(case: Row, waiting: list[Row]) -> Light:
    """The one word for a case: stuck is when something open has nobody who could act on it."""
    if case["status"] != "open":
        return cast("Light", case["status"])
    if case["suspended"]:
        return "suspended"
    if not all(task["people"] for task in waiting):
        return "stuck"
    return "overdue" if any(task["overdue"] for task in waiting) else "running"


def _waits_for(speaker: Speaker, waiting: list[Row]) -> str:
    if not waiting:
        return ""
    first = min(
        waiting,
        key=lambda task: (task["due"] is None, task["due"] or task["opened_at"], task["id"]),
    )
    title = speaker.about(first["kind"], first["ref"], first.get("record"), first.get("roles", ()))
    return speaker.say("reader.waits", task=title, people=speaker.people(first["people"]))
