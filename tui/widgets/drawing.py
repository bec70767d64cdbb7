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
from textual.scroll_view import ScrollView
from textual.strip import Strip
from typing_extensions import override

from engine.graph.layout import Box

Row = Sequence[tuple[str, str]]
"""Texts with the names of their styles."""

TONES = {
    "mark.here": "here",
    "mark.done": "done",
    "mark.overdue": "overdue",
    "mark.closed": "closed",
    "mark.waiting": "faint",
    "mark.skipped": "faint",
    "label": "label",
}
"""Which style names are painted, and as what; lines are faint, the rest is plain."""


class DrawingPane(ScrollView, can_focus=True):
    """Paints a drawing. Arrows scroll it; `n` and `p` go from node to node."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("left,h", "scroll_left", show=False),
        Binding("right,l", "scroll_right", show=False),
        Binding("n", "pick(1)", show=False),
        Binding("p", "pick(-1)", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "drawing--here",
        "drawing--done",
        "drawing--overdue",
        "drawing--closed",
        "drawing--faint",
        "drawing--label",
        "drawing--picked",
    }
    DEFAULT_CSS = """
    DrawingPane {
        height: 1fr;
        .drawing--here { color: $text-primary; text-style: bold; }
        .drawing--done { color: $text-success; }
        .drawing--overdue { color: $text-error; text-style: bold; }
        .drawing--closed { color: $text-warning; text-style: bold; }
        .drawing--faint { color: $text-muted; }
        .drawing--label { text-style: italic; }
        .drawing--picked { text-style: reverse bold; }
    }
    """

    class Picked(Message):
        """A node was chosen in the drawing."""

        def __init__(self, node: str) -> None:
            super().__init__()
            self.node = node

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()
        self._boxes: dict[str, Box] = {}
        self._picked: str | None = None

    def show(self, rows: Sequence[Row], boxes: Sequence[Box]) -> None:
        """Take in another drawing; the picked node stays picked."""
        self._rows = tuple(rows)
        self._boxes = {box.id: box for box in boxes}
        width = max((sum(cell_len(text) for text, _ in row) for row in rows), default=0)
        wide = max((box.x + box.width for box in boxes), default=width)
        self.virtual_size = Size(max(wide, 1), len(self._rows))
        self.refresh()

    def pick(self, node: str | None) -> None:
        """Pick a node out, and bring it on the screen."""
        self._picked = node
        self.call_after_refresh(self._bring_on_screen)
        self.refresh()

    def _bring_on_screen(self) -> None:
        box = self._boxes.get(self._picked or "")
        if box is not None:
            region = Region(box.x, max(0, box.y - 2), box.width, box.height + 4)
            self.scroll_to_region(region, animate=False, force=True)

    def action_pick(self, by: int) -> None:
        """The next node, or the one before."""
        nodes = list(self._boxes)
        if nodes:
            at = nodes.index(self._picked) if self._picked in nodes else -1
            self.post_message(self.Picked(nodes[(at + by) % len(nodes)]))

    def on_click(self, event: events.Click) -> None:
        """The node under the mouse."""
        x, y = event.x + self.scroll_offset.x, event.y + self.scroll_offset.y
        for box in self._boxes.values():
            if box.x <= x < box.x + box.width and box.y <= y < box.y + box.height:
                self.post_message(self.Picked(box.id))

    @override
    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        left, top = self.scroll_offset
        width, base, at = self.size.width, self.rich_style, y + top
        if at >= len(self._rows):
            return Strip.blank(width, base)
        strip = Strip([Segment(text, base + self._style(name)) for text, name in self._rows[at]])
        box = self._boxes.get(self._picked or "")
        if box is not None and box.y <= at < box.y + box.height:
            strip = self._pick_out(strip, box)
        return strip.crop(left, left + width).adjust_cell_length(width, base)

    def _pick_out(self, strip: Strip, box: Box) -> Strip:
        picked = self.get_component_rich_style("drawing--picked")
        before, inside, after = strip.divide([box.x, box.x + box.width, strip.cell_length])
        return Strip.join([before, inside.apply_style(picked), after])

    def _style(self, name: str) -> Style:
        tone = TONES.get(name) or ("faint" if name.startswith("edge.") else None)
        return Style.null() if tone is None else self.get_component_rich_style(f"drawing--{tone}")
