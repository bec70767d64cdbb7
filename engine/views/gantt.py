"""A case in time: per task what was planned against what has been, over the days of its calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from msgspec import Struct

from dsl.expressions.tree import Expression
from engine.deadlines import moment_of
from engine.measures import LONGEST, days_late
from engine.plan import PlanNode
from engine.views.reader import Reader
from engine.views.tasks import STATUS, task_view


class Bar(Struct, frozen=True):
    """One task, or one that the process has not come to yet.

    Attributes:
        key: the task's id; of what is still to come the node's.
        status: `waiting` for what is still to come.
        begun, ended: what has been; None where that has not happened.
        due: what was planned; None where nothing was, or where it cannot be known yet.
        late: working days between the deadline and the end, or now if there is none.
    """

    key: str
    title: str
    status: STATUS
    begun: datetime | None
    ended: datetime | None
    due: datetime | None
    late: int


class Day(Struct, frozen=True):
    """One day; `works` is what the case's calendar says of it."""

    day: date
    works: bool


class Gantt(Struct, frozen=True):
    """A case in time; `days` reach from its opening to the last thing known of it, today included."""

    case: str
    subject: str
    now: datetime
    zone: str
    days: tuple[Day, ...]
    bars: tuple[Bar, ...]


def gantt(reader: Reader, viewer: str) -> Gantt:
    """The case in time, tasks in the order in which they came up, then what is still to come."""
    scope = reader.scope
    bars = (*_come(reader, viewer), *_to_come(reader))
    calendar = scope.context.calendar
    first, last = _span(reader, bars)
    count = min((last - first).days + 1, LONGEST)  # a date may be mistyped by centuries
    days = (first + timedelta(days=number) for number in range(count))
    return Gantt(
        case=scope.state.id,
        subject=scope.state.subject_name,
        now=scope.now,
        zone=calendar.zone,
        days=tuple(Day(day, calendar.is_working_day(day)) for day in days),
        bars=bars,
    )


def _come(reader: Reader, viewer: str) -> Iterator[Bar]:
    calendar = reader.scope.context.calendar
    for task in reader.scope.state.tasks.values():
        view = task_view(reader, task, viewer)
        late = days_late(calendar, view.due, view.ended_at or reader.scope.now)
        begun = None if view.status == "not_applicable" else view.opened_at
        yield Bar(view.id, view.title, view.status, begun, view.ended_at, view.due, late)


def _to_come(reader: Reader) -> Iterator[Bar]:
    """What the process places and has not come to, where its day can be said already."""
    scope = reader.scope
    if scope.state.status != "open":
        return
    come = {task.ref for task in scope.state.tasks.values()}
    for node in scope.program.plan.nodes.values():
        planned = _planned(reader, node)
        if planned is None or node.ref in come or node.id in scope.state.passed:
            continue
        due = moment_of(scope, planned)
        if due is not None:
            yield Bar(node.id, reader.declared(node.ref), "waiting", None, None, due, 0)


def _planned(reader: Reader, node: PlanNode) -> Expression | None:
    program = reader.scope.program
    if node.kind == "item" and program.items[node.ref].each is None:
        return program.items[node.ref].due
    if node.kind == "action":
        return program.actions[node.ref].on
    return program.accesses[node.ref].revoke_on if node.kind == "access" else None


def _span(reader: Reader, bars: tuple[Bar, ...]) -> tuple[date, date]:
    scope = reader.scope
    told = [moment for one in bars for moment in (one.begun, one.ended, one.due) if moment]
    ends = scope.state.closed_at or scope.now
    moments = [*told, ends, *([scope.state.opened_at] if scope.state.opened_at else [])]
    day_of = scope.context.calendar.day_of
    return day_of(min(moments)), day_of(max(moments))
