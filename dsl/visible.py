"""Text as it stands: what does not show itself, or turns what is around it, is spelt out."""

from __future__ import annotations

import unicodedata

TAB = "    "


def visible(text: str) -> str:
    """The text with control and direction characters spelt out, tabs as four spaces."""
    return text if text.isprintable() else "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char == "\t":
        return TAB
    # Cc: control, Cf: format (among them the direction marks), Cs and Co have no sign at all.
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co"}:
        return f"<U+{ord(char):04X}>"
    return char
