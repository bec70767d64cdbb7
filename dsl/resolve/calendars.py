"""Calendars: the week, the hours of a day, and single days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import get_args

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.literals import is_right, wire_of
from dsl.resolve.header import COUNTRY
from dsl.resolve.types import titles_of

WEEK: tuple[model.Weekday, ...] = get_args(model.Weekday)
LONGEST = 366
"""Days that one line may cover: who closes for more than a year has no calendar."""


def resolve_calendar(desk: Desk, node: nodes.Calendar) -> model.Calendar | None:
    """When a company works; what contradicts itself is reported."""
    country = _country(desk, node.based_on)
    hours = _hours(desk, node.hours)
    days = _days(desk, node.days)
    if hours is None or days is None:
        return None
    return model.Calendar(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        country,
        tuple(sorted({day for some in node.week for day in _weekdays(some)})),
        hours,
        days,
        node.because.text if node.because else None,
    )


def _country(desk: Desk, node: nodes.Name | None) -> str | None:
    if node is None:
        return None
    if not COUNTRY.fullmatch(node.text):
        desk.error("E315", node, {"text": node.text}, variant="jurisdiction")
    return node.text


def _weekdays(node: nodes.Weekdays) -> Iterator[int]:
    """Numbers of days; from Saturday to Monday goes over the end of the week."""
    first = WEEK.index(node.first)
    last = first if node.last is None else WEEK.index(node.last)
    return (day % len(WEEK) for day in range(first, last + 1 + len(WEEK) * (last < first)))


def _hours(desk: Desk, intervals: tuple[nodes.Interval, ...]) -> tuple[tuple[str, str], ...] | None:
    times = [time for one in intervals for time in (one.opens, one.closes)]
    if sum(is_right(desk, time) for time in times) < len(times):
        return None
    found = tuple((str(wire_of(one.opens)), str(wire_of(one.closes))) for one in intervals)
    before: nodes.Interval | None = None
    for one, (opens, closes) in zip(intervals, found, strict=True):
        if opens >= closes:
            values: dict[str, Value] = {"first": one.opens.text, "last": one.closes.text}
            desk.error("E431", one, values, variant="order", hint=True, label=True)
            return None
        if before is not None and str(wire_of(before.closes)) >= opens:
            others = (desk.label(before, "E431.first"),)
            desk.error("E431", one, {"first": before.closes.text}, others=others, hint=True)
            return None
        before = one
    return found


def _days(
    desk: Desk, nodes_: tuple[nodes.CalendarDays, ...]
) -> tuple[model.CalendarDays, ...] | None:
    found: list[model.CalendarDays] = []
    said: dict[date, nodes.CalendarDays] = {}
    for node in nodes_:
        span = _span(desk, node)
        if span is None:
            continue
        first, last = span
        days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        before = next((said[day] for day in days if day in said), None)
        said.update((day, node) for day in days)
        if before is None:
            found.append(model.CalendarDays(first.isoformat(), last.isoformat(), node.works))
        else:
            others = (desk.label(before, "E202.first"),)
            desk.error("E432", node, {}, others=others, variant="twice", hint=True)
    return tuple(found) if len(found) == len(nodes_) else None


def _span(desk: Desk, node: nodes.CalendarDays) -> tuple[date, date] | None:
    """The first and the last day of a line; None if it has none and that has been reported."""
    ends = (node.first, node.last or node.first)
    if sum(is_right(desk, end) for end in set(ends)) < len(set(ends)):
        return None
    first, last = (date.fromisoformat(end.text) for end in ends)
    length = (last - first).days + 1
    if length < 1:
        values: dict[str, Value] = {"first": ends[0].text, "last": ends[1].text}
        desk.error("E432", node, values, variant="order", hint=True)
        return None
    if length > LONGEST:
        desk.error("E432", node, {"days": length, "limit": LONGEST}, variant="long", hint=True)
        return None
    return first, last
