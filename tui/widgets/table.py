"""A table of any length: it asks for the page that is on the screen and paints only that.

Textual's own table measures every cell when it is filled; this one costs what is visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from typing_extensions import override

from tui.texts import Cell, fitted
from tui.widgets.painted import Painted

PAGE = 64
"""Rows that are asked for at once."""
GAP = 2


class Column(NamedTuple):
    """A column: `grows` takes what is left over; a higher `rank` goes first where room is short."""

    title: str
    width: int
    grows: bool = False
    rank: int = 0


class Line(NamedTuple):
    """One row: the key of what it stands for (of a mere heading none), and its cells."""

    key: str | None
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        """All that it shows."""
        return " ".join(cell.text for cell in self.cells)


class VirtualTable(Painted):
    """See the module's docstring.

    Args:
        empty: what is said where there are no rows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False),
        Binding("down,j", "step(1)", show=False),
        Binding("pageup,ctrl+b", "leap(-1)", show=False),
        Binding("pagedown,ctrl+f", "leap(1)", show=False),
        Binding("home,g", "edge(0)", show=False),
        Binding("end,G", "edge(1)", show=False),
        Binding("enter,l,right", "pick", show=False),
        Binding("space", "mark", show=False),
    ]
    DEFAULT_CSS = """
    VirtualTable { overflow-x: hidden; }
    """
    cursor: reactive[int] = reactive(0)
    total: reactive[int] = reactive(0)

    class Told(Message):
        """What a person did with the table."""

        def __init__(self, table: VirtualTable) -> None:
            super().__init__()
            self.table = table

        @property
        @override
        def control(self) -> VirtualTable:
            """Whose message it is, for textual's `on`."""
            return self.table

    class Wanted(Told):
        """Rows from `offset` on are on the screen and not there yet."""

        def __init__(self, table: VirtualTable, offset: int) -> None:
            super().__init__(table)
            self.offset = offset

    class Moved(Told):
        """The cursor stands on another row; None where it is not known yet."""

        def __init__(self, table: VirtualTable, key: str | None) -> None:
            super().__init__(table)
            self.key = key

    class Picked(Told):
        """A row was chosen."""

        def __init__(self, table: VirtualTable, key: str) -> None:
            super().__init__(table)
            self.key = key

    def __init__(self, empty: str = "", *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self.columns: tuple[Column, ...] = ()
        self.empty = empty
        self.marks: set[str] = set()
        self._lines: dict[int, Line] = {}
        self._asked: set[int] = set()

    @property
    def key(self) -> str | None:
        """What the cursor stands on; None while that is not known."""
        line = self._lines.get(self.cursor)
        return line.key if line else None

    def begin(self, columns: Sequence[Column]) -> None:
        """Start anew with other columns."""
        self.columns = tuple(columns)
        self.refresh()

    def fill(
        self, offset: int, lines: Sequence[Line], total: int, *, cursor: int | None = None
    ) -> None:
        """Take in one page; the pages that were there before are forgotten if the total changes.

        Args:
            offset: the place of the first line.
            lines: the page.
            total: how many rows there are.
            cursor: where the cursor shall stand; None to leave it.
        """
        before = self.key
        self._asked.clear()
        if total != self.total:
            self._lines.clear()
        self._lines.update(enumerate(lines, start=offset))
        self.total = total
        self.virtual_size = Size(self.size.width, total + 1)
        wanted = self.cursor if cursor is None else cursor
        self.cursor = max(0, min(wanted, total - 1))
        if self.key != before:
            self.post_message(self.Moved(self, self.key))
        self.refresh()

    def forget(self) -> None:
        """What is known is old; it stays on the screen until the new page comes."""
        keep = self._window()
        self._lines = {at: line for at, line in self._lines.items() if at in keep}
        self._asked.clear()

    def _window(self) -> range:
        top = self.scroll_offset.y
        return range(top, top + max(1, self.size.height - 1))

    def page_at(self, row: int) -> int:
        """The offset of the page that a row lies on."""
        return row // PAGE * PAGE

    @property
    def visible_page(self) -> int:
        """The offset of the page that the first row on the screen lies on."""
        return self.page_at(self.scroll_offset.y)

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the cursor on the screen."""
        if old == new:
            return
        self._bring_on_screen()
        self.post_message(self.Moved(self, self.key))
        self.refresh()

    def on_resize(self) -> None:
        """Only a table that has a size can show where its cursor is."""
        self._bring_on_screen()

    def _bring_on_screen(self) -> None:
        if self.size.height > 1:
            self.scroll_to_region(Region(0, self.cursor, 1, 2), animate=False, force=True)

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self.cursor = max(0, min(self.total - 1, self.cursor + by))

    def action_leap(self, by: int) -> None:
        """Go a screen up or down."""
        self.action_step(by * max(1, self.size.height - 2))

    def action_edge(self, end: int) -> None:
        """Go to the first or the last row."""
        self.cursor = max(0, self.total - 1) if end else 0

    def action_pick(self) -> None:
        """Choose the row at the cursor."""
        if self.key is not None:
            self.post_message(self.Picked(self, self.key))

    def action_mark(self) -> None:
        """Mark the row at the cursor, or take its mark away; then go on to the next."""
        if self.key is not None:
            self.marks ^= {self.key}
            self.action_step(1)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The mouse moves the cursor; a second click chooses."""
        row = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or row >= self.total:
            return
        if row == self.cursor and event.chain > 1:
            self.action_pick()
        self.cursor = row

    @override
    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, a row, or what is said instead."""
        width = self.size.width
        base = self.rich_style
        if y == 0:
            head = self.tone("head")
            cells = [Cell(column.title) for column in self.columns]
            return self._strip("  ", cells, base + head, width)
        row = y - 1 + self.scroll_offset.y
        if row >= self.total:
            text = f"  {self.empty}" if not self.total and y == 2 else ""  # noqa: PLR2004 - below the head
            return Strip([Segment(fitted(text, width), base)], width)
        line = self._lines.get(row)
        if line is None:
            self._ask(row)
            return Strip([Segment(fitted("  …", width), base)], width)
        if line.key is None:
            return Strip([Segment(fitted(line.text, width), base + self.tone("head"))], width)
        lead = "*" if line.key in self.marks else " "
        if row != self.cursor:
            return self._strip(f"{lead} ", line.cells, base, width)
        cursor = self.tone("picked")
        return self._strip(f"{lead}>", line.cells, base + cursor, width, toned=False)

    def _ask(self, row: int) -> None:
        offset = self.page_at(row)
        if offset not in self._asked:
            self._asked.add(offset)
            self.post_message(self.Wanted(self, offset))

    def _strip(
        self, lead: str, cells: Sequence[Cell], base: Style, width: int, *, toned: bool = True
    ) -> Strip:
        segments = [Segment(lead, base)]
        for room, cell in zip(self._widths(width), cells, strict=False):
            if not room:
                continue
            style = base + self.tone(cell.tone) if toned else base
            segments.append(Segment(fitted(cell.text, room), style))
            segments.append(Segment(" " * GAP, base))
        return Strip(segments).adjust_cell_length(width, base)

    def _widths(self, width: int) -> list[int]:
        """The room of each column, 0 for one that is left out."""
        widths = [column.width for column in self.columns]
        room = width - 2 - GAP * len(widths)
        for rank in sorted({column.rank for column in self.columns}, reverse=True):
            if sum(widths) <= room or not rank:
                break
            for at, column in enumerate(self.columns):
                if column.rank == rank:
                    room += GAP
                    widths[at] = 0
        growing = [at for at, column in enumerate(self.columns) if column.grows and widths[at]]
        spare = room - sum(widths)
        for at in growing:
            widths[at] = max(4, widths[at] + spare // len(growing))
        return widths
