"""The line of keys at the foot of a screen."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tui.texts import joined, shown


class KeyLine(Static):
    """Keys and what they do; what does not fit is in the help."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom; height: 1; background: $panel; padding: 0 1;
        text-wrap: nowrap; text-overflow: ellipsis;
    }
    """

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Take in what to say."""
        pairs = [Content.assemble(shown(key, "bold"), " ", shown(text)) for key, text in keys]
        self.update(joined(pairs, "  "))
