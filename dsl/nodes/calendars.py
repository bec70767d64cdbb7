"""Source nodes of calendars: weeks, hours, and days that a company decides on itself."""

from __future__ import annotations

from dsl.model import Weekday
from dsl.nodes.declarations import Declared
from dsl.nodes.expressions import Date, Name, Node, Time


class Weekdays(Node, frozen=True):
    """A day of the week, or all days from one to another."""

    first: Weekday
    last: Weekday | None = None


class Interval(Node, frozen=True):
    """`09:00-12:00`."""

    opens: Time
    closes: Time


class CalendarDays(Node, frozen=True):
    """A day, or all days from one to another, on which work is done or is not."""

    first: Date
    last: Date | None
    works: bool


class Calendar(Declared, frozen=True):
    """When a company works."""

    based_on: Name | None = None
    week: tuple[Weekdays, ...] = ()
    hours: tuple[Interval, ...] = ()
    days: tuple[CalendarDays, ...] = ()
