"""Calendars: when a company works."""

from __future__ import annotations

from msgspec import Struct

from dsl.model.words import Titles


class CalendarDays(Struct, frozen=True):
    """The days from `first` to `last` (ISO dates, both included): work is done on them or is not."""

    first: str
    last: str
    works: bool


class Calendar(Struct, frozen=True, omit_defaults=True):
    """When a company works.

    Attributes:
        country: whose public holidays and moved working days hold (ISO 3166, `CN`, `DE-BY`).
        weekdays: working days of a week, 0 is Monday; empty: what is usual in the country.
        hours: working intervals of a day as `HH:MM`, in order; empty: the usual ones.
        days: what the company decides otherwise; the days of two entries never overlap.
    """

    id: str
    title: Titles
    country: str | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[tuple[str, str], ...] = ()
    days: tuple[CalendarDays, ...] = ()
    because: str | None = None
    final: bool = False
