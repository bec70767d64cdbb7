"""The board: which cases a person sees, in which order, and how many there are of each sort."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Literal

from msgspec import Struct

from engine.desk.filtering import Filter, read_filter
from engine.rejection import Refusal
from engine.views.board import BoardRow

View = Literal[
    "live", "mine", "due_soon", "overdue", "stuck", "blocked", "outside", "closed", "all"
]
Order = Literal["urgency", "id", "name", "post", "department", "stage", "due"]
SOON = timedelta(days=3)
_NEVER = datetime.max.replace(tzinfo=UTC)


class BoardQuery(Struct, frozen=True):
    """What the board shall show.

    Attributes:
        words: the filter as typed.
        keep: the case that stays selected; its place is told.
    """

    view: View = "live"
    words: str = ""
    order: Order = "urgency"
    descending: bool = False
    keep: str | None = None


class BoardPage(Struct, frozen=True):
    """One page of the board.

    Attributes:
        offset: the place of the first row.
        total: how many rows the query has.
        place: where the case to keep is now; None if it is not among them.
        counts: how many cases each view has, whatever the filter says.
        now: the instant that countdowns count from.
    """

    rows: tuple[BoardRow, ...]
    offset: int
    total: int
    place: int | None
    counts: dict[View, int]
    now: datetime


def page(
    rows: Iterable[BoardRow], query: BoardQuery, now: datetime, offset: int, limit: int
) -> BoardPage | Refusal:
    """Select, order and cut out one page.

    Returns:
        The page, or why the filter is not understood (C140, C141).
    """
    wanted = read_filter(query.words)
    if isinstance(wanted, Refusal):
        return wanted
    every = list(rows)
    counts = {view: sum(test(row, now) for row in every) for view, test in VIEWS.items()}
    found = _selected(every, query, wanted, now)
    place = next((at for at, row in enumerate(found) if row.id == query.keep), None)
    return BoardPage(tuple(found[offset : offset + limit]), offset, len(found), place, counts, now)


def _selected(
    rows: list[BoardRow], query: BoardQuery, wanted: Filter, now: datetime
) -> list[BoardRow]:
    test = VIEWS[query.view]
    found = [row for row in rows if test(row, now) and wanted.fits(row, now)]
    found.sort(key=lambda row: row.id)
    found.sort(key=ORDERS[query.order], reverse=query.descending)
    return found


def _live(row: BoardRow) -> bool:
    return row.status in ("running", "overdue", "stuck")


VIEWS: dict[View, Callable[[BoardRow, datetime], bool]] = {
    "live": lambda row, _now: _live(row),
    "mine": lambda row, _now: row.mine,
    "due_soon": lambda row, now: (
        _live(row) and row.next_due is not None and now <= row.next_due < now + SOON
    ),
    "overdue": lambda row, _now: _live(row) and row.late > 0,
    "stuck": lambda row, _now: row.status == "stuck",
    "blocked": lambda row, _now: row.held_by is not None,
    "outside": lambda row, _now: row.outside,
    "closed": lambda row, _now: not _live(row),
    "all": lambda _row, _now: True,
}
"""The saved views, in the order of their keys."""

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
