"""The line of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.texts import joined, shown

GAP = "  "


class KeyLine(Static):
    """Keys and what they do, the most important first: those that fit whole; the others are in the help."""

    DEFAULT_CSS = """
    KeyLine { dock: bottom; height: 1; background: $panel; padding: 0 1; text-wrap: nowrap; }
    """
    _keys: Sequence[tuple[str, str]] = ()

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Take in what to say."""
        self._keys = tuple(keys)
        self.on_resize()

    def on_resize(self) -> None:
        """As many as there is room for."""
        pairs = [Content.assemble(shown(key, "bold"), " ", shown(text)) for key, text in self._keys]
        while pairs and joined(pairs, GAP).cell_length > self.size.width:
            pairs.pop()
        self.update(joined(pairs, GAP))
