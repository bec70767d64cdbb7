"""Texts for people, from gettext catalogues. Code holds message ids, never sentences.

Each package keeps its own domain in `locales/<locale>/LC_MESSAGES/<domain>.po`; a house rule compares
the ids and placeholders of the languages. Values are put in by name and are never read as a format.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterable
from functools import cache, partial, reduce
from pathlib import Path
from typing import Literal

Language = Literal["en", "zh"]
LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_CN"}


class MissingMessageError(LookupError):
    """A message id that no catalogue has: a defect of Baton, not of its user."""


class Catalogue:
    """The messages of one domain.

    Args:
        domain: the catalogue's name, `dsl`, `engine`, `cli` or `tui`.
        folder: the `locales` folder that holds it.
    """

    def __init__(self, domain: str, folder: Path) -> None:
        self._domain = domain
        self._folder = folder

    def say(self, language: Language, message: str, /, **values: object) -> str:
        """The text of a message id in a language, with its values in their places."""
        template = _translation(self._domain, self._folder, language).gettext(message)
        if template == message:
            raise MissingMessageError(f"{self._domain}/{language}: {message}")
        return template.format_map(values) if values else template.format()

    def has(self, language: Language, message: str) -> bool:
        """True if the language has the message."""
        return _translation(self._domain, self._folder, language).gettext(message) != message


@cache
def _translation(domain: str, folder: Path, language: Language) -> gettext.NullTranslations:
    return gettext.translation(domain, folder, [LOCALES[language]])


MESSAGES = Catalogue("dsl", Path(__file__).parent / "locales")
"""The texts of the language: diagnostics, names of types, values for people."""


def sentences(language: Language, parts: Iterable[str]) -> str:
    """Sentences one behind the other, with a blank between them where the language has one."""
    said = [part for part in parts if part]
    two = partial(MESSAGES.say, language, "render.two")
    return reduce(lambda first, rest: two(first=first, rest=rest), said) if said else ""


def named_problem(language: Language, code: str, title: str, text: str) -> str:
    """A problem in one line: its code, what is wrong, and how it is so here."""
    return MESSAGES.say(language, "render.named", code=code, title=title, text=text)
