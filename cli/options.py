"""The options that every command has, and the language that the reader wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from dsl.catalogue import Language

Format = Literal["text", "json", "github", "gitlab", "junit", "sarif", "html"]
"""For people, for programs, and the forms of `cli.reports`, which some commands have."""
FORMATS: tuple[Format, ...] = ("text", "json")
"""What every command has."""
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Options(NamedTuple):
    """What holds for every command.

    Attributes:
        workspace: the folder of the workspace, as it was given.
        actor: who acts, by id or name; None for whoever the account belongs to.
        format: for people, or one of those for programs.
        language: of the output.
    """

    workspace: str
    actor: str | None
    format: Format
    language: Language


def wanted_language(arguments: Sequence[str], environment: Mapping[str, str]) -> Language:
    """The language that is asked for, before anything else is read: the last `--lang`, else the locale's."""
    asked: Language | None = None
    for at, argument in enumerate(arguments):
        name, equals, value = argument.partition("=")
        if name == "--lang":
            value = value if equals else "".join(arguments[at + 1 : at + 2])
            asked = value if value in LANGUAGES else asked
    if asked is not None:
        return asked
    locale = (environment.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next((each for each in locale if each), "").lower().startswith("zh") else "en"
