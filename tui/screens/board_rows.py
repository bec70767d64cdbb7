"""What the board shows of a case in one row."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from engine.desk.board import COLUMNS, GroupHead
from engine.views.board import BoardRow
from engine.views.progress import progress_short
from tui.shell import Shell
from tui.texts import Cell
from tui.widgets.columns import Column
from tui.widgets.table import Line

PLACES: dict[str, tuple[int, int, bool]] = {
    "status": (11, 0, False),
    "case": (10, 0, False),
    "name": (6, 0, False),
    "post": (10, 4, False),
    "department": (10, 1, True),
    "stage": (10, 3, False),
    "items": (5, 2, False),
    "due": (14, 0, False),
    "for": (30, 0, True),
}
"""Per column its least width in cells, its rank, and whether it goes below where room is short."""


def board_columns(shell: Shell, chosen: Collection[str]) -> list[Column]:
    """The head of the table; nothing chosen is every column."""
    return [
        Column(shell.say(f"column.board.{name}"), *place)
        for name, place in PLACES.items()
        if not chosen or name in chosen
    ]


def board_line(
    shell: Shell, row: BoardRow | GroupHead, now: datetime, chosen: Collection[str]
) -> Line:
    """One row of the chosen columns, or the head of a group."""
    if isinstance(row, GroupHead):
        counts = {"count": row.count, "stuck": row.stuck, "late": row.late}
        return Line(None, (Cell(f"{row.name}  {shell.say('board.group', **counts)}"),))
    tone = "bad" if row.late else "quiet" if row.next_due is None else ""
    cells = (
        shell.status(row.status, "light"),
        Cell(row.id),
        Cell(row.subject),
        Cell(row.post),
        Cell(row.department),
        Cell(row.stage or "—", "quiet" if row.stage is None else ""),
        Cell(progress_short(row)),
        Cell(shell.left(row.next_due, now), tone),
        Cell(row.waits_for or "—"),
    )
    shown = chosen or COLUMNS
    return Line(
        row.id, tuple(cell for name, cell in zip(PLACES, cells, strict=True) if name in shown)
    )
