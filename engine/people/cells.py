"""Cells of spreadsheets: what a person typed is data, also for the program that opens our file."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from dsl.expressions.scalars import FIRST_DAY

# A cell that begins so is a formula, or ends the cell, for one spreadsheet program or another (OWASP,
# CSV injection); the full-width twins are folded by programs set to Chinese or Japanese.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_DATE = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|\.(\d{1,2})\.(\d{1,2})|年(\d{1,2})月(\d{1,2})日)"
)
_ANSWERS = {
    "yes": True, "y": True, "true": True, "1": True, "是": True, "是的": True, "√": True,
    "no": False, "n": False, "false": False, "0": False, "否": False, "不是": False,
}  # fmt: skip


def safe_cell(text: str) -> str:
    """The text as a cell to write: an apostrophe before whatever could be taken for a formula."""
    return f"'{text}" if _needs_apostrophe(text) else text


def cell_text(cell: str) -> str:
    """The text of a cell that was read: composed (NFC), trimmed, without the guarding apostrophe."""
    text = unicodedata.normalize("NFC", cell).strip()
    return text[1:] if text.startswith("'") and _needs_apostrophe(text[1:]) else text


def parse_day(text: str) -> date | None:
    """The day that a text states, the year first; None if it states none, or one before all memory."""
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text.strip()))
    if match is None:
        return None
    try:
        day = date(*(int(part) for part in match.groups() if part))
    except ValueError:
        return None
    return day if day.isoformat() >= FIRST_DAY else None


def parse_answer(text: str) -> bool | None:
    """Yes or no in the words that spreadsheets hold; None if it is neither."""
    return _ANSWERS.get(text.casefold())


def _needs_apostrophe(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA)
