"""A status as people see it: a sign and a word, in a colour where there are colours."""

from __future__ import annotations

from cli.output import Word
from cli.tables import speaks_unicode
from dsl.catalogue import Language
from engine.texts import MESSAGES

SIGNS = {
    "running": ("●", "*", ""),
    "open": ("●", "*", ""),
    "handed_over": ("◐", ">", ""),
    "waiting": ("◌", ".", "quiet"),
    "stuck": ("▲", "^", "notice"),
    "overdue": ("✖", "!", "bad"),
    "done": ("✔", "+", "good"),
    "closed": ("✔", "+", "good"),
    "waived": ("✔", "+", "good"),
    "rejected": ("⊘", "-", "quiet"),
    "withdrawn": ("⊘", "-", "quiet"),
    "not_applicable": ("⊘", "-", "quiet"),
    "cancelled": ("⊘", "-", "quiet"),
}
"""Per status the sign, the sign for a terminal without it, and the style."""


def case_status(language: Language, status: str) -> Word:
    """Where a case stands."""
    return _word(status, MESSAGES.say(language, f"light.{status}"))


def task_status(language: Language, status: str) -> Word:
    """Where a task stands."""
    return _word(status, MESSAGES.say(language, f"status.{status}"))


def gate_sign(*, is_open: bool) -> str:
    """A gate that is open or shut."""
    signs = ("✔", "+") if is_open else ("⊠", "X")
    return signs[0] if speaks_unicode() else signs[1]


def _word(status: str, text: str) -> Word:
    sign, plain, style = SIGNS[status]
    return Word(f"{sign if speaks_unicode() else plain} {text}", style)
