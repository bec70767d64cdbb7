"""Why a command ends before it is done: a code, its words, and the exit code."""

from __future__ import annotations

from typing import NamedTuple

from cli.texts import MESSAGES
from dsl.catalogue import Catalogue, Language
from dsl.os_reasons import in_words
from dsl.visible import visible

FINDINGS = 1
WRONG_USE = 2


class Explained(NamedTuple):
    """A code in words: what is wrong, why, and what to do. `place` is empty where there is none."""

    code: str
    title: str
    text: str
    hint: str
    place: str = ""


class StopError(Exception):
    """The command cannot go on.

    Args:
        explained: what to tell the reader.
        status: the exit code.
        others: what else is wrong, to be told before it.
    """

    def __init__(
        self, explained: Explained, status: int, others: tuple[Explained, ...] = ()
    ) -> None:
        super().__init__(explained.code)
        self.explained = explained
        self.status = status
        self.others = others


def explained(
    language: Language, code: str, values: dict[str, str], catalogue: Catalogue = MESSAGES
) -> Explained:
    """The words of a code; whatever was typed is made visible."""
    shown = {name: visible(value) for name, value in in_words(values, language).items()}
    title, text, hint = (
        catalogue.say(language, f"{code}.{part}", **shown) for part in ("title", "text", "hint")
    )
    return Explained(code, title, text, hint)


def wrong_use_line(language: Language, found: Explained, place: str = "") -> str:
    """A code in one line."""
    values = {"code": found.code, "text": found.text, "hint": found.hint}
    return MESSAGES.say(language, "failure.line", place=place, **values)


def wrong_use(language: Language, code: str, /, **values: str) -> StopError:
    """A stop for what was given on the command line; a `C1xx` of the command line's catalogue."""
    return StopError(explained(language, code, values), WRONG_USE)
