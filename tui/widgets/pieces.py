"""Pieces of text beside each other that are never split, and that can be pressed with the mouse."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from typing_extensions import override

from tui.texts import joined

GAP = "  "


class Placed(NamedTuple):
    """The place of a piece: its line, and the cells from which and up to which it goes."""

    line: int
    start: int
    end: int


class Pieces(Static):
    """As many as fit into as many lines as there may be, the most important first; the rest is left out.

    None is split; one that is wider than a line is cut, with a sign.

    Args:
        lines: the most that it takes.
    """

    DEFAULT_CSS = """
    Pieces { height: auto; padding: 0 1; text-wrap: nowrap; }
    """

    class Pressed(Message):
        """A piece was pressed."""

        def __init__(self, pieces: Pieces, number: int) -> None:
            super().__init__()
            self.pieces = pieces
            self.number = number

        @property
        @override
        def control(self) -> Pieces:
            """Whose message it is, for textual's `on`."""
            return self.pieces

    def __init__(self, lines: int = 1, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        super().__init__(id=id)
        self._most = lines
        self._pieces: Sequence[Content] = ()
        self._placed: list[Placed] = []

    def say(self, pieces: Sequence[Content]) -> None:
        """Take in what to say."""
        self._pieces = tuple(pieces)
        self.on_resize()

    def on_resize(self) -> None:
        """As many as there is room for."""
        self._placed = list(self._places())
        lines: list[list[Content]] = [
            [] for _ in range(self._placed[-1].line + 1 if self._placed else 1)
        ]
        for place, piece in zip(self._placed, self._pieces, strict=False):
            lines[place.line].append(piece.truncate(place.end - place.start, ellipsis=True))
        self.update(Content("\n").join(joined(line, GAP) for line in lines))

    def _places(self) -> Iterator[Placed]:
        line, start = 0, 0
        for piece in self._pieces:
            wide = min(piece.cell_length, self.size.width)
            if start and start + wide > self.size.width:
                line, start = line + 1, 0
            if line == self._most:
                return
            yield Placed(line, start, start + wide)
            start += wide + len(GAP)

    def on_click(self, event: events.Click) -> None:
        """Whatever was pressed."""
        at = event.get_content_offset(self)
        for number, (line, start, end) in enumerate(self._placed):
            if at is not None and at.y == line and start <= at.x < end:
                self.post_message(self.Pressed(self, number))
