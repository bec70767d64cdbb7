"""A table of any length: it asks for the page that is on the screen and paints only that.

Textual's own table measures every cell when it is filled; this one costs what is visible. Columns are as wide as
what was seen in them asks for; where that is too much for one line, a row takes two.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from typing_extensions import override

from dsl.visible import visible
from tui.texts import Cell, fitted
from tui.widgets.columns import LEAD, Column, Layout, laid_out
from tui.widgets.painted import Painted

PAGE = 64
"""Rows that are asked for at once."""


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
        can_mark: rows can be marked, since something is done to all that are.
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

    def __init__(
        self,
        empty: str = "",
        *,
        id: str | None = None,  # noqa: A002 - textual's name
        can_mark: bool = False,
    ) -> None:
        super().__init__(id=id)
        self.can_mark = can_mark
        self.columns: tuple[Column, ...] = ()
        self.empty = empty
        self.marks: set[str] = set()
        self._lines: dict[int, Line] = {}
        self._asked: set[int] = set()
        self._wants: list[int] = []
        self._layout: Layout = ((),)

    @property
    def key(self) -> str | None:
        """What the cursor stands on; None while that is not known."""
        line = self._lines.get(self.cursor)
        return line.key if line else None

    def begin(self, columns: Sequence[Column]) -> None:
        """Have these columns from now on."""
        if self.columns != tuple(columns):
            self.columns = tuple(columns)
            self._lines.clear()
            self._measure_anew()
        self._arrange()

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
            self._measure_anew()
        self._lines.update(enumerate(lines, start=offset))
        self._measure(lines)
        self.total = total
        self._arrange()
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

    def _measure_anew(self) -> None:
        self._wants = [cell_len(column.title) for column in self.columns]

    def _measure(self, lines: Sequence[Line]) -> None:
        """Columns only become wider by a page: what is on the screen does not jump to and fro."""
        for line in lines:
            if line.key is not None:
                wide = (cell_len(visible(cell.text)) for cell in line.cells)
                self._wants = [*map(max, self._wants, wide)]

    def _arrange(self) -> None:
        width = self.scrollable_content_region.width
        self._layout = laid_out(self.columns, self._wants, width)
        self.virtual_size = Size(width, (self.total + 1) * self.depth)
        self.refresh()

    @property
    def depth(self) -> int:
        """The lines that a row takes."""
        return len(self._layout)

    @property
    def _rows_shown(self) -> int:
        """Whole rows that there is room for below the head."""
        return max(1, self.size.height // self.depth - 1)

    def _row_at(self, y: int) -> tuple[int, int]:
        """The row at a line of the screen below the head, and which of its lines that is."""
        return divmod(y - self.depth + self.scroll_offset.y, self.depth)

    def _window(self) -> range:
        top, _ = self._row_at(self.depth)
        return range(top, top + self._rows_shown + 2)

    def page_at(self, row: int) -> int:
        """The offset of the page that a row lies on."""
        return row // PAGE * PAGE

    @property
    def visible_page(self) -> int:
        """The offset of the page that the first row on the screen lies on."""
        return self.page_at(self._window().start)

    def watch_cursor(self, old: int, new: int) -> None:
        """Keep the cursor on the screen."""
        if old == new:
            return
        self._bring_on_screen()
        self.post_message(self.Moved(self, self.key))
        self.refresh()

    def on_resize(self) -> None:
        """Only a table that has a size has a layout, and can show where its cursor is."""
        self._arrange()
        self._bring_on_screen()

    def watch_show_vertical_scrollbar(self) -> None:
        """The bar takes a column of the rows, and no resizing tells of it."""
        self._arrange()

    def _bring_on_screen(self) -> None:
        depth = self.depth
        if self.size.height > depth:
            region = Region(0, self.cursor * depth, 1, 2 * depth)
            self.scroll_to_region(region, animate=False, force=True)

    def action_step(self, by: int) -> None:
        """Go up or down."""
        self.cursor = max(0, min(self.total - 1, self.cursor + by))

    def action_leap(self, by: int) -> None:
        """Go a screen up or down."""
        self.action_step(by * max(1, self._rows_shown - 1))

    def action_edge(self, end: int) -> None:
        """Go to the first or the last row."""
        self.cursor = max(0, self.total - 1) if end else 0

    def action_pick(self) -> None:
        """Choose the row at the cursor."""
        if self.key is not None:
            self.post_message(self.Picked(self, self.key))

    def action_mark(self) -> None:
        """Mark the row at the cursor, or take its mark away; then go on to the next."""
        if self.key is not None and self.can_mark:
            self.marks ^= {self.key}
            self.action_step(1)
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """The mouse moves the cursor; a second click chooses."""
        row, _ = self._row_at(event.y)
        if event.y < self.depth or row >= self.total:
            return
        if row == self.cursor and event.chain > 1:
            self.action_pick()
        self.cursor = row

    @override
    def render_line(self, y: int) -> Strip:
        """One line of the screen: the head, a row, or what is said instead."""
        width, base = self.size.width, self.base
        if y < self.depth:
            cells = [Cell(column.title) for column in self.columns]
            return self._strip(" " * LEAD, cells, base + self.tone("head"), y)
        row, part = self._row_at(y)
        if row >= self.total:
            text = f"  {self.empty}" if not self.total and y == self.depth + 1 else ""
            return Strip([Segment(fitted(text, width), base)], width)
        line = self._lines.get(row)
        if line is None:
            self._ask(row)
            return Strip([Segment(fitted("  …", width), base)], width)
        if line.key is None:
            text = "" if part else line.text
            return Strip([Segment(fitted(text, width), base + self.tone("head"))], width)
        return self._row_strip(row, line, line.key, part)

    def _row_strip(self, row: int, line: Line, key: str, part: int) -> Strip:
        mark = "*" if key in self.marks and not part else " "
        if row != self.cursor:
            return self._strip(f"{mark} ", line.cells, self.base, part)
        sign = " " if part else ">"
        style = self.base + self.tone("picked")
        return self._strip(f"{mark}{sign}", line.cells, style, part, toned=False)

    def _ask(self, row: int) -> None:
        offset = self.page_at(row)
        if offset not in self._asked:
            self._asked.add(offset)
            self.post_message(self.Wanted(self, offset))

    def _strip(
        self, lead: str, cells: Sequence[Cell], base: Style, part: int, *, toned: bool = True
    ) -> Strip:
        """One line of a row; `part` says which of its lines."""
        segments, at = [Segment(lead, base)], LEAD
        for slot in self._layout[part]:
            cell = cells[slot.column]
            style = base + self.tone(cell.tone) if toned else base
            segments.append(Segment(" " * (slot.start - at), base))
            segments.append(Segment(fitted(cell.text, slot.width), style))
            at = slot.start + slot.width
        return Strip(segments).adjust_cell_length(self.size.width, base)
