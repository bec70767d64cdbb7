"""The world as a decision may know it: nothing else enters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from dsl.expressions.tree import Wire
from engine.calendars import WorkCalendar
from engine.people.directory import Directory
from engine.store.port import Sealed


class Context(Struct, frozen=True):
    """What surrounds a case at one instant.

    Attributes:
        now: the effective instant, UTC, never before the case's last event.
        unseal: the wire value of a private fact; None once it has been erased.
        feed: the rows (wire) that a feed holds for a person.
    """

    now: datetime
    directory: Directory
    calendar: WorkCalendar
    unseal: Callable[[Sealed], Wire]
    feed: Callable[[str, str], list[Wire]]
