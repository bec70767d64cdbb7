"""A status as people see it: a sign and a word, in a colour where there are colours."""

from __future__ import annotations

from cli.output import Word
from cli.tables import speaks_unicode
from dsl.catalogue import Language
from engine.texts import MESSAGES
from engine.views.signs import SIGNS


def case_status(language: Language, status: str) -> Word:
    """Where a case stands."""
    return _word(status, MESSAGES.say(language, f"light.{status}"))


def task_status(language: Language, status: str) -> Word:
    """Where a task stands."""
    return _word(status, MESSAGES.say(language, f"status.{status}"))


def gate_sign(*, is_open: bool) -> str:
    """A gate that is open or shut."""
    found = SIGNS["gate_open" if is_open else "gate_shut"]
    return found.sign if speaks_unicode() else found.plain


def _word(status: str, text: str) -> Word:
    sign, plain, style = SIGNS[status]
    return Word(f"{sign if speaks_unicode() else plain} {text}", style)
