"""Lines of text that are cut where there is no room, with a sign that says so."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.widgets import Static

from tui.texts import CUT


class Lines(Static):
    """Each line of its text stays one line."""

    DEFAULT_CSS = """
    Lines { padding: 0 1; text-wrap: nowrap; text-overflow: clip; }
    """
    _text = Content("")

    def show(self, text: Content) -> None:
        """Take in what to say."""
        self._text = text
        self.on_resize()

    def on_resize(self) -> None:
        """What there is room for."""
        width = self.size.width
        self.update(Content("\n").join([_cut(line, width) for line in self._text.split("\n")]))


def _cut(line: Content, width: int) -> Content:
    if line.cell_length <= width:
        return line
    return line.truncate(max(0, width - cell_len(CUT))) + CUT
