"""The screens' texts for people, and the one way in which any text comes onto a screen."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from textual.content import Content

from dsl.catalogue import Catalogue
from dsl.visible import visible

MESSAGES = Catalogue("tui", Path(__file__).parent / "locales")
"""Headings, keys, empty states: what the screens say of themselves."""

CUT = "…"


class Cell(NamedTuple):
    """A text with the name of a tone (`good`, `bad`, `notice`, `quiet`) or none."""

    text: str
    tone: str = ""


def shown(text: str, style: str = "") -> Content:
    """A text as it stands: never markup, and what does not show itself is spelt out.

    Line breaks stay.
    """
    lines = (visible(line) for line in text.split("\n"))
    return Content.styled("\n".join(lines), style) if style else Content("\n".join(lines))


def joined(parts: list[Content], between: str = " ") -> Content:
    """Several pieces in one line."""
    return Content(between).join(parts)


def fitted(text: str, width: int, cut: str = CUT) -> str:
    """A text in exactly so many cells; a sign says where it was cut."""
    text = visible(text)
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, max(0, width - cell_len(cut))) + cut if width else ""
