"""The world as a decision may know it: nothing else enters."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from dsl.expressions.tree import Wire
from engine.calendars import WorkCalendar
from engine.people.directory import Directory
from engine.store.port import Sealed


def alone(rulebook: str, process: str, subject: str) -> tuple[str, ...]:
    """A case that stands in no workspace has no other beside it."""
    del rulebook, process, subject
    return ()


class Context(Struct, frozen=True):
    """What surrounds a case at one instant.

    Attributes:
        now: the effective instant, UTC, never before the case's last event.
        unseal: the wire value of a private fact; None once it has been erased.
        feed: the rows (wire) that a feed holds for a person.
        live: the open cases of a rulebook's process about a person, by their ids.
    """

    now: datetime
    directory: Directory
    calendar: WorkCalendar
    unseal: Callable[[Sealed], Wire]
    feed: Callable[[str, str], list[Wire]]
    live: Callable[[str, str, str], tuple[str, ...]] = alone
