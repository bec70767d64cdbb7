"""Prints calendars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.expressions import expression
from dsl.formatter.heads import Lines, because, clause, each, head, titles
from dsl.formatter.pieces import Line, Pieces, Writer, raw, tight


def _calendar(writer: Writer, node: nodes.Calendar) -> Lines:
    yield Line(0, head(writer, node, "CALENDAR"))
    yield from titles(writer, node.titles)
    yield from clause(writer.maybe("BASED_ON it", node.based_on), "based_on")
    week = writer.listed((one.span, _weekdays(writer, one)) for one in node.week)
    yield from clause(writer.maybe("WEEK it", week), "week")
    hours = writer.listed((one.span, _interval(writer, one)) for one in node.hours)
    yield from clause(writer.maybe("WORK_TIME it", hours), "hours")
    yield from each("days", ((one, _days(writer, one)) for one in node.days))
    yield from because(writer, node)


def _weekdays(writer: Writer, node: nodes.Weekdays) -> Pieces:
    first = writer.word(node.first.upper())
    if node.last is None:
        return first
    return writer.fill("first THROUGH last", first=first, last=writer.word(node.last.upper()))


def _interval(writer: Writer, node: nodes.Interval) -> Pieces:
    opens, closes = expression(writer, node.opens), expression(writer, node.closes)
    return opens + tight(raw("-")) + tight(closes)


def _days(writer: Writer, node: nodes.CalendarDays) -> Pieces:
    terminal = "WORKDAY" if node.works else "HOLIDAY"
    first = expression(writer, node.first)
    if node.last is None:
        return writer.word(terminal) + first
    last = expression(writer, node.last)
    return writer.fill(f"{terminal} first THROUGH last", first=first, last=last)


PRINTERS: Mapping[type, Callable[[Writer, Any], Lines]] = {nodes.Calendar: _calendar}
