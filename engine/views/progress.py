"""How far the items of a case are: one count for lists, the board and the case itself.

Counted are the items that apply. Done is what was handed over and signed; what was waived is told beside
it, since nobody has handed it over.
"""

from __future__ import annotations

from typing import Protocol

from dsl.catalogue import Language
from engine.texts import MESSAGES


class Counted(Protocol):
    """A case with its items counted."""

    @property
    def items(self) -> int:
        """All that apply."""

    @property
    def items_done(self) -> int:
        """Handed over and signed."""

    @property
    def items_waived(self) -> int:
        """Done without."""


def progress(case: Counted, language: Language) -> str:
    """In a sentence."""
    message = "progress.waived" if case.items_waived else "progress.plain"
    counts = {"done": case.items_done, "waived": case.items_waived, "items": case.items}
    return MESSAGES.say(language, message, **counts)


def progress_short(case: Counted) -> str:
    """In a column: done, then waived behind a plus, of all."""
    waived = f"+{case.items_waived}" if case.items_waived else ""
    return f"{case.items_done}{waived}/{case.items}"
