"""A drawing of the process: rows of styled text, with one node picked out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from typing_extensions import override

from engine.graph.layout import Box
from tui.widgets.painted import Painted

Row = Sequence[tuple[str, str]]
"""Texts with the names of their styles."""

TONES = {
    "mark.here": "here",
    "mark.done": "good",
    "mark.overdue": "bad",
    "mark.closed": "notice",
    "mark.waiting": "quiet",
    "mark.skipped": "quiet",
    "label": "label",
    "late": "bad",
    "planned": "quiet",
    "rest": "quiet",
    "now": "notice",
    "head": "head",
}
"""Which style names are painted, and in which tone; lines are quiet, the rest is plain."""


class DrawingPane(Painted):
    """Paints a drawing. Arrows scroll it; `n` and `p` go from node to node."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("left,h", "scroll_left", show=False),
        Binding("right,l", "scroll_right", show=False),
        Binding("n", "pick(1)", show=False),
        Binding("p", "pick(-1)", show=False),
    ]

    class Picked(Message):
        """A node was chosen in the drawing."""

        def __init__(self, pane: DrawingPane, node: str) -> None:
            super().__init__()
            self.pane = pane
            self.node = node

        @property
        @override
        def control(self) -> DrawingPane:
            """Whose message it is, for textual's `on`."""
            return self.pane

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._boxes: dict[str, Box] = {}
        self._picked: str | None = None
        self._brought: Box | None = None
        self._head = 0

    def show(self, rows: Sequence[Row], boxes: Sequence[Box], *, head: int = 0) -> None:
        """Take in another drawing; the picked node stays picked.

        Args:
            rows: all of it.
            boxes: where its nodes are, in cells.
            head: so many rows from the top stay on the screen.
        """
        self._head = head
        self._rows = tuple(rows)
        self._boxes = {box.id: box for box in boxes}
        width = max((sum(cell_len(text) for text, _ in row) for row in rows), default=0)
        self.virtual_size = Size(max(width, 1), len(self._rows))
        self.refresh()

    @property
    def picked(self) -> str | None:
        """The node that is picked out."""
        return self._picked

    def pick(self, node: str | None) -> None:
        """Pick a node out, and bring it on the screen if it is not where it was."""
        self._picked = node
        self.call_after_refresh(self._bring_on_screen)
        self.refresh()

    def on_resize(self) -> None:
        """In another frame the picked node has another place."""
        self._brought = None
        self.call_after_refresh(self._bring_on_screen)

    def _bring_on_screen(self) -> None:
        """Scroll no further than the node needs; one that has moved with the drawing comes to the middle."""
        box = self._boxes.get(self._picked or "")
        if box is None or box == self._brought or not self.size.height:
            return
        moved = self._brought is None or self._brought.id == box.id
        self._brought = box
        region = Region(box.x, max(0, box.y - 2), box.width, box.height + 4)
        self.scroll_to_region(region, animate=False, force=True, center=moved)

    def action_pick(self, by: int) -> None:
        """The next node, or the one before."""
        nodes = list(self._boxes)
        if nodes:
            at = nodes.index(self._picked) if self._picked in nodes else -1
            self.post_message(self.Picked(self, nodes[(at + by) % len(nodes)]))

    def on_click(self, event: events.Click) -> None:
        """The node under the mouse."""
        x, y = event.x + self.scroll_offset.x, event.y + self.scroll_offset.y
        for box in self._boxes.values():
            if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                self.post_message(self.Picked(self, box.id))

    @override
    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        left, top = self.scroll_offset
        width, base, at = self.size.width, self.base, y if y < self._head else y + top
        if at >= len(self._rows):
            return Strip.blank(width, base)
        begin, parts = _between(self._rows[at], left, left + width)
        strip = Strip([Segment(text, base + self._style(name)) for text, name in parts])
        box = self._boxes.get(self._picked or "")
        if box is not None and box.y <= at < box.y + box.height:
            strip = self._pick_out(strip, box.x - begin, box.width)
        return strip.crop_extend(left - begin, left - begin + width, base)

    def _pick_out(self, strip: Strip, x: int, width: int) -> Strip:
        first, last = max(0, x), max(0, x + width)
        inside = strip.crop(first, last).apply_style(self.tone("picked"))
        return Strip.join([strip.crop(0, first), inside, strip.crop(last)])

    def _style(self, name: str) -> Style:
        return self.tone(TONES.get(name) or ("quiet" if name.startswith("edge.") else ""))


def _between(row: Row, left: int, right: int) -> tuple[int, Row]:
    """The texts of a row that lie between two columns, whole, and where the first of them begins."""
    begin, end, parts = 0, 0, []
    for text, name in row:
        if end >= right:
            break
        end += cell_len(text)
        if end <= left:
            begin = end
        else:
            parts.append((text, name))
    return begin, parts


class GanttPane(DrawingPane):
    """A drawing whose nodes are lines: up and down go from one to the next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "pick(-1)", show=False),
        Binding("down,j", "pick(1)", show=False),
    ]
