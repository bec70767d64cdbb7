"""The drawing of a case in time: a row a task, what was planned behind what has been.

Styles: `mark.MARK` (what has been), `planned`, `late`, `rest`, `now`, `head`, `title`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

from engine.graph.canvas import Canvas, Row
from engine.graph.glyphs import Glyphs, Mark
from engine.graph.labels import cut, visible, width
from engine.graph.legend import Entry
from engine.graph.view import View
from engine.views.gantt import Bar, Day, Gantt
from engine.views.tasks import STATUS

HEAD = 2
"""Rows of months and days above the bars."""
WIDEST_TITLE = 34
DAY_CELLS = 3
"""Cells of one day at most."""
UNBOUNDED = 160
LATE_CELLS = 6
STYLES = {
    "planned": "planned",
    "worked": "mark.done",
    "late": "late",
    "rest": "rest",
    "now": "now",
}
"""Per span of the glyphs its style in the legend."""
MARKS: dict[STATUS, Mark] = {
    "waiting": "waiting",
    "open": "here",
    "handed_over": "here",
    "overdue": "overdue",
    "suspended": "waiting",
    "done": "done",
    "waived": "done",
    "not_applicable": "skipped",
    "cancelled": "skipped",
    "rejected": "done",
    "returned": "done",
}


class Timescale(Struct, frozen=True):
    """Where days stand: `cells` a day, or `days` a cell where there is less room than days."""

    left: int
    width: int
    first: date
    cells: int
    days: int

    def column(self, day: date) -> int:
        """The first cell of a day, kept on the sheet."""
        at = (day - self.first).days * self.cells // self.days
        return self.left + min(max(at, 0), self.width - 1)

    def end(self, day: date) -> int:
        """The cell behind a day."""
        return min(self.left + self.width, self.column(day) + self.cells)

    def cells_of(self, first: date, last: date) -> range:
        """The cells from a day to another, both included."""
        return range(self.column(first), self.end(last))


class Sheet(Struct, frozen=True):
    """The drawing: `HEAD` rows, then one for each bar in order; `titles` cells of it are text."""

    rows: tuple[Row, ...]
    titles: int


def gantt_sheet(gantt: Gantt, view: View) -> Sheet:
    """Draw a case in time.

    Args:
        gantt: the case in time.
        view: the reader's signs and width.
    """
    columns = view.columns or UNBOUNDED
    titles = [visible(bar.title) for bar in gantt.bars]
    room = min(WIDEST_TITLE, max(map(width, titles), default=0), columns // 3)
    left = 2 + room + 1 + LATE_CELLS
    scale = _timescale(gantt.days, left, max(1, columns - left))
    sheet = Canvas(left + scale.width, HEAD + len(gantt.bars))
    _put_head(sheet, gantt.days, scale)
    sheet.put(3 + room, 1, cut(view.texts("gantt.late"), LATE_CELLS - 1, view.glyphs.cut), "head")
    painter = _Painter(sheet, gantt, scale, view.glyphs.spans)
    for at, (bar, title) in enumerate(zip(gantt.bars, titles, strict=True)):
        row = HEAD + at
        mark = MARKS[bar.status]
        sheet.put(0, row, view.glyphs.marks[mark], f"mark.{mark}")
        sheet.put(2, row, cut(title, room, view.glyphs.cut), "title")
        if bar.late:
            sheet.put(3 + room, row, f"+{bar.late}", "late")
        painter.put(row, bar)
    return Sheet(sheet.rows(), left - 1)


def gantt_legend(glyphs: Glyphs) -> tuple[Entry, ...]:
    """What the signs of the drawing mean."""
    spans = glyphs.spans
    return tuple(
        Entry(spans[span] * 3, style, f"gantt.legend.{span}") for span, style in STYLES.items()
    )


def _timescale(days: Sequence[Day], left: int, room: int) -> Timescale:
    count = len(days)
    cells = min(DAY_CELLS, room // count) or 1
    per_cell = 1 if count <= room else -(-count // room)
    return Timescale(left, -(-count // per_cell) * cells, days[0].day, cells, per_cell)


def _put_head(sheet: Canvas, days: Sequence[Day], scale: Timescale) -> None:
    """Months above, Mondays below; one that has no room is left out."""
    free = [scale.left, scale.left]
    for at, one in enumerate(days):
        names = (
            f"{one.day:%Y-%m}" if one.day.day == 1 or at == 0 else "",
            f"{one.day.day:02}" if one.day.weekday() == 0 else "",
        )
        for row, name in enumerate(names):
            column = scale.column(one.day)
            if name and column >= free[row] and column + len(name) <= scale.left + scale.width:
                sheet.put(column, row, name, "head")
                free[row] = column + len(name) + 1


class _Painter:
    """Puts bars on a sheet, each on its row; what comes later covers what was there."""

    def __init__(
        self, sheet: Canvas, gantt: Gantt, scale: Timescale, spans: dict[str, str]
    ) -> None:
        self._sheet = sheet
        self._scale = scale
        self._spans = spans
        self._zone = ZoneInfo(gantt.zone)
        self._now = gantt.now
        self._rest = _rest_cells(gantt.days, scale)

    def put(self, row: int, bar: Bar) -> None:
        """Days of rest, today, what was planned, what has been, what is late."""
        scale, today = self._scale, self._day(self._now)
        self._fill(row, self._rest, "rest", "rest")
        self._fill(row, [scale.column(today)], "now", "now")
        begun = None if bar.begun is None else self._day(bar.begun)
        due = None if bar.due is None else self._day(bar.due)
        if due is not None:
            self._fill(row, scale.cells_of(begun or due, due), "planned", "planned")
        if begun is None or (bar.ended is None and bar.status == "waiting"):
            return
        last = max(begun, self._day(bar.ended) if bar.ended else today)
        done = scale.cells_of(begun, last)
        self._fill(row, done, "worked", f"mark.{MARKS[bar.status]}")
        if due is not None and due < last:
            late = range(max(done.start, min(scale.end(due), done.stop - 1)), done.stop)
            self._fill(row, late, "late", "late")

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()

    def _fill(self, row: int, cells: Iterable[int], span: str, style: str) -> None:
        for cell in cells:
            self._sheet.put(cell, row, self._spans[span], style)


def _rest_cells(days: Sequence[Day], scale: Timescale) -> list[int]:
    """The cells in which nobody works on any day."""
    working = {cell for one in days if one.works for cell in scale.cells_of(one.day, one.day)}
    every = range(scale.left, scale.left + scale.width)
    return [cell for cell in every if cell not in working]
