"""Builders of the lines of a calendar."""

from __future__ import annotations

from typing import cast

from lark.lexer import Token

from dsl import nodes
from dsl.model import Weekday
from dsl.parser.kids import Builder, Clause, Kids, fills


def _weekdays(kids: Kids) -> nodes.Weekdays:
    found = [token for token in kids.all(Token) if token.type != "THROUGH"]
    first, *last = (cast("Weekday", token.type.lower()) for token in found)
    return nodes.Weekdays(first, last[0] if last else None, span=kids.span)


def _weekday(kids: Kids) -> Token:
    return kids.one(Token)


def _week(kids: Kids) -> Clause:
    return kids.clause("week", kids.all(nodes.Weekdays))


def _interval(kids: Kids) -> nodes.Interval:
    return nodes.Interval(*kids.all(nodes.Time), span=kids.span)


def _hours(kids: Kids) -> Clause:
    return kids.clause("hours", kids.all(nodes.Interval))


def _calendar_days(kids: Kids) -> Clause:
    first, *last = kids.all(nodes.Date)
    days = nodes.CalendarDays(
        first, last[0] if last else None, works=kids.has("WORKDAY"), span=kids.span
    )
    return kids.clause("days", days, many=True)


BUILDERS: dict[str, Builder] = {
    "based_on": fills("based_on", nodes.Name),
    "weekdays": _weekdays,
    "weekday": _weekday,
    "week": _week,
    "interval": _interval,
    "hours": _hours,
    "calendar_days": _calendar_days,
}
