"""The board: which cases a person sees, in which order and groups, and how many of each sort.

Live cases are few and all at hand. Cases that have ended may be many: they are counted without being
read, and read a page at a time where their order allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Literal, Protocol

from msgspec import Struct

from engine.desk.filtering import Filter, read_filter
from engine.rejection import Refusal
from engine.views.board import BoardRow

View = Literal[
    "live", "mine", "due_soon", "overdue", "stuck", "blocked", "outside", "closed", "all"
]
Order = Literal["urgency", "id", "name", "post", "department", "stage", "due"]
Group = Literal["none", "department", "stage", "post"]
SOON = timedelta(days=3)
_NEVER = datetime.max.replace(tzinfo=UTC)


class BoardQuery(Struct, frozen=True, omit_defaults=True):
    """What the board shall show.

    Attributes:
        words: the filter as typed.
        group: the rows stand together by this, under a head each.
        columns: those that are shown, by the names of `COLUMNS`; empty for all.
        keep: the case that stays selected; its place is told.
    """

    view: View = "live"
    words: str = ""
    order: Order = "urgency"
    descending: bool = False
    group: Group = "none"
    columns: tuple[str, ...] = ()
    keep: str | None = None


COLUMNS = ("status", "case", "name", "post", "department", "stage", "items", "due", "for")
"""What a row can show."""


class GroupHead(Struct, frozen=True):
    """The head of a group: its name, how many cases, and how many of them are stuck or late."""

    name: str
    count: int
    stuck: int
    late: int


class BoardPage(Struct, frozen=True):
    """One page of the board.

    Attributes:
        rows: cases, and heads of groups where the board is grouped.
        offset: the place of the first row.
        total: how many rows the query has.
        place: where the case to keep is now; None if it is not among them, or not known.
        counts: how many cases each view has, whatever the filter says; a view of cases that have ended
            is missing until they have been counted.
        now: the instant that countdowns count from.
    """

    rows: tuple[BoardRow | GroupHead, ...]
    offset: int
    total: int
    place: int | None
    counts: dict[View, int]
    now: datetime


class Ended(Protocol):
    """The cases that have ended; a test or another store may bring its own."""

    def count(self) -> int | None:
        """How many there are; None where they have not been counted yet."""

    def page(self, offset: int, limit: int) -> Sequence[BoardRow]:
        """Some of them, by id."""

    def every(self) -> Sequence[BoardRow]:
        """All of them."""


def page(  # noqa: PLR0913, PLR0917 - both kinds of cases, what is asked, and which part of it
    live: Sequence[BoardRow],
    ended: Ended,
    query: BoardQuery,
    now: datetime,
    offset: int,
    limit: int,
) -> BoardPage | Refusal:
    """Select, order, group and cut out one page.

    Returns:
        The page, or why the filter is not understood (C140, C141).
    """
    wanted = read_filter(query.words)
    if isinstance(wanted, Refusal):
        return wanted
    counts = {view: sum(test(row, now) for row in live) for view, test in LIVE_VIEWS.items()}
    closed = ended.count()
    if closed is not None:
        counts |= {"closed": closed, "all": len(live) + closed}
    if query.view == "closed" and _as_stored(query):
        some = ended.page(offset, limit)
        place = next((at for at, row in enumerate(some, offset) if row.id == query.keep), None)
        return BoardPage(tuple(some), offset, closed or 0, place, counts, now)
    found = _selected(_candidates(live, ended, query), query, wanted, now)
    lines = _grouped(found, query.group)
    place = next((at for at, row in enumerate(lines) if _is(row, query.keep)), None)
    rows = tuple(lines[offset : offset + limit])
    return BoardPage(rows, offset, len(lines), place, counts, now)


def _as_stored(query: BoardQuery) -> bool:
    """True if ended cases are wanted in the order in which they are kept."""
    plain = not query.words.strip() and query.group == "none" and not query.descending
    return plain and query.order in ("urgency", "id")


def _candidates(live: Sequence[BoardRow], ended: Ended, query: BoardQuery) -> Iterable[BoardRow]:
    if query.view == "closed":
        return ended.every()
    return (*live, *ended.every()) if query.view == "all" else live


def _selected(
    rows: Iterable[BoardRow], query: BoardQuery, wanted: Filter, now: datetime
) -> list[BoardRow]:
    test = LIVE_VIEWS.get(query.view)
    found = [row for row in rows if (test is None or test(row, now)) and wanted.fits(row, now)]
    found.sort(key=lambda row: row.id)
    found.sort(key=ORDERS[query.order], reverse=query.descending)
    return found


def _grouped(rows: list[BoardRow], group: Group) -> Sequence[BoardRow | GroupHead]:
    """Groups by name, each in the order of the rows."""
    if group == "none":
        return rows
    name_of = GROUPS[group]
    lines: list[BoardRow | GroupHead] = []
    for name, members in groupby(sorted(rows, key=name_of), name_of):
        some = list(members)
        stuck = sum(row.status == "stuck" for row in some)
        lines += [GroupHead(name, len(some), stuck, sum(row.late > 0 for row in some)), *some]
    return lines


def _is(row: BoardRow | GroupHead, case: str | None) -> bool:
    return isinstance(row, BoardRow) and row.id == case


LIVE_VIEWS: dict[View, Callable[[BoardRow, datetime], bool]] = {
    "live": lambda _row, _now: True,
    "mine": lambda row, _now: row.mine,
    "due_soon": lambda row, now: row.next_due is not None and now <= row.next_due < now + SOON,
    "overdue": lambda row, _now: row.late > 0,
    "stuck": lambda row, _now: row.status == "stuck",
    "blocked": lambda row, _now: row.held_by is not None,
    "outside": lambda row, _now: row.outside,
}
"""The views of live cases, in the order of their keys; `closed` and `all` follow."""

URGENCY = {"stuck": 0, "overdue": 1, "running": 2}


def _urgency(row: BoardRow) -> tuple[int, datetime]:
    return URGENCY.get(row.status, len(URGENCY)), row.next_due or _NEVER


ORDERS: dict[Order, Callable[[BoardRow], tuple[object, ...]]] = {
    "urgency": _urgency,
    "id": lambda row: (row.id,),
    "name": lambda row: (row.subject,),
    "post": lambda row: (row.post,),
    "department": lambda row: (row.department,),
    "stage": lambda row: (row.stage or "",),
    "due": lambda row: (row.next_due or _NEVER,),
}
"""The orders that the board may have."""

GROUPS: dict[Group, Callable[[BoardRow], str]] = {
    "department": lambda row: row.department,
    "stage": lambda row: row.stage or "—",
    "post": lambda row: row.post,
}
"""What rows may be grouped by."""
