"""What is painted line by line: a scrolled sheet whose tones have one look everywhere."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.geometry import Region
from textual.scroll_view import ScrollView
from textual.strip import Strip
from typing_extensions import override


class Painted(ScrollView, can_focus=True):
    """A sheet that paints its own lines in the tones below."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "tone--head",
        "tone--label",
        "tone--here",
        "tone--good",
        "tone--bad",
        "tone--notice",
        "tone--quiet",
        "tone--picked",
    }
    DEFAULT_CSS = """
    Painted {
        height: 1fr;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        .tone--head { text-style: bold; color: $text-muted; }
        .tone--label { text-style: italic; }
        .tone--here { color: $text-primary; text-style: bold; }
        .tone--good { color: $text-success; }
        .tone--bad { color: $text-error; text-style: bold; }
        .tone--notice { color: $text-warning; text-style: bold; }
        .tone--quiet { color: $text-muted; }
        .tone--picked { text-style: reverse bold; }
    }
    """

    _base: Style | None = None

    @property
    def base(self) -> Style:
        """The look of what has no tone: found once for all lines that are painted together."""
        if self._base is None:
            self._base = self.rich_style
        return self._base

    @override
    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint anew, in the look that it has now."""
        self._base = None
        return super().render_lines(crop)

    def tone(self, name: str) -> Style:
        """The look of a tone; of none, nothing."""
        return self.get_component_rich_style(f"tone--{name}") if name else Style.null()
