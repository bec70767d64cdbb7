"""The editor of a rulebook's text. Colours come from the compiler; the text is shown as it stands."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual.document._document import Document
from textual.widgets import TextArea
from typing_extensions import override

from engine.drafting.colours import Coloured, Tone
from engine.drafting.draft import Draft

MOST_UNDONE = 1000
"""Steps that can be taken back."""
Pieces = tuple[Coloured, ...]


class RulebookEditor(TextArea):
    """See the module's docstring. Every change of the whole text is one step to undo."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "editor--declares",
        "editor--keyword",
        "editor--name",
        "editor--text",
        "editor--number",
        "editor--comment",
        "editor--error",
        "editor--warning",
    }
    DEFAULT_CSS = """
    RulebookEditor {
        border: none;
        padding: 0;
        .editor--declares { color: $text-primary; text-style: bold; }
        .editor--keyword { color: $text-primary; }
        .editor--name { color: $foreground; }
        .editor--text { color: $text-success; }
        .editor--number { color: $text-warning; }
        .editor--comment { color: $text-muted; text-style: italic; }
        .editor--error { color: $text-error; text-style: underline bold; }
        .editor--warning { text-style: underline; }
    }
    RulebookEditor:focus { border: none; }
    """

    def __init__(self, text: str, *, id: str | None = None) -> None:  # noqa: A002 - textual's name
        # The style of the cursor's line would cover the colours of its words.
        super().__init__(
            text,
            id=id,
            soft_wrap=False,
            show_line_numbers=True,
            max_checkpoints=MOST_UNDONE,
            highlight_cursor_line=False,
        )
        self._seen: list[tuple[str, Pieces, Pieces]] = []
        self._colours: dict[str, Pieces] = {}

    @property
    def _lines(self) -> Document:
        document = self.document
        assert isinstance(document, Document)
        return document

    @property
    def offset_at_cursor(self) -> int:
        """The cursor's place in code points of the text."""
        return self._lines.get_index_from_location(self.cursor_location)

    def go_to(self, offset: int) -> None:
        """Put the cursor on a place of the text, with what stands around it on the screen."""
        offset = max(0, min(offset, len(self.text)))
        self.move_cursor(self._lines.get_location_from_index(offset), center=True)

    def paint(self, draft: Draft) -> None:
        """Take in what came of a form of the text; lines that have changed since keep what still fits."""
        texts = [line.removesuffix("\r") for line in draft.source.original.split("\n")]
        marks = _marks(draft, texts)
        self._seen = [
            (text, draft.colours.get(number, ()), marks.get(number, ()))
            for number, text in enumerate(texts)
        ]
        self._colours = {text: pieces for text, pieces, _ in self._seen}
        self.notify_style_update()
        self.refresh()

    def become(self, text: str) -> None:
        """Change to another text in one step; what is the same on both ends stays untouched."""
        before, place = self.text, self.cursor_location
        if text == before:
            return
        start = _common(before, text)
        room = min(len(before), len(text)) - start
        end = min(_common(before[::-1], text[::-1]), room)
        document = self._lines
        self.history.checkpoint()
        self.replace(
            text[start : len(text) - end],
            document.get_location_from_index(start),
            document.get_location_from_index(len(before) - end),
        )
        self.history.checkpoint()
        self.move_cursor(self.clamp_visitable(place))

    @override
    def get_line(self, line_index: int) -> Text:
        """A line with its colours; what would not show itself has a sign of one cell."""
        plain = self.document.get_line(line_index)
        line = Text(_shown(plain), end="", no_wrap=True)
        for start, end, tone in self._pieces(line_index, plain):
            line.stylize(self.get_component_rich_style(f"editor--{tone}", partial=True), start, end)
        return line

    def _pieces(self, number: int, text: str) -> Sequence[Coloured]:
        moved = number - self.document.line_count + len(self._seen)
        for at in (number, moved):
            if 0 <= at < len(self._seen) and self._seen[at][0] == text:
                return (*self._seen[at][1], *self._seen[at][2])
        if text in self._colours or number >= len(self._seen):
            return self._colours.get(text, ())
        same = _common(self._seen[number][0], text)
        return [piece for piece in self._seen[number][1] if piece.end <= same]


def _marks(draft: Draft, texts: Sequence[str]) -> dict[int, Pieces]:
    """Where the problems stand, the mildest first so that errors cover warnings."""
    found: dict[int, Pieces] = {}
    for problem in sorted(draft.problems, key=lambda one: one.severity == "error"):
        line, start = problem.line - 1, problem.column - 1
        end = max(start + 1, min(start + problem.end - problem.start, len(texts[line])))
        tone: Tone = "error" if problem.severity == "error" else "warning"
        found[line] = (*found.get(line, ()), Coloured(start, end, tone))
    return found


def _common(one: str, other: str) -> int:
    """How many code points two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _shown(text: str) -> str:
    """Each code point as one that shows itself."""
    return "".join(map(_sign, text)) if not text.isascii() or not text.isprintable() else text


def _sign(char: str) -> str:
    if char == "\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}:
        return char
    return chr(0x2400 + ord(char)) if ord(char) < 0x20 else "�"  # noqa: PLR2004 - control pictures
