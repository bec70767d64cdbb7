"""Cells of spreadsheets: what a person typed is data, also for the program that opens our file."""

from __future__ import annotations

import unicodedata

# A cell that begins so is a formula, or ends the cell, for one spreadsheet program or another (OWASP,
# CSV injection); the full-width twins are folded by programs set to Chinese or Japanese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(text: str) -> str:
    """The text as a cell to write: an apostrophe before whatever could be taken for a formula."""
    return f"'{text}" if _needs_apostrophe(text) else text


def cell_text(cell: str) -> str:
    """The text of a cell that was read: composed (NFC), trimmed, without the guarding apostrophe."""
    text = unicodedata.normalize("NFC", cell).strip()
    return text[1:] if text.startswith("'") and _needs_apostrophe(text[1:]) else text


def _needs_apostrophe(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA)
