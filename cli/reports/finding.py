"""What a form is made of: the findings of each file that was looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path, PurePath
from typing import NamedTuple

from dsl.catalogue import Language, sentences
from dsl.diagnostic import Severity
from dsl.render import Shown, ShownLabel
from dsl.source import Source
from dsl.visible import visible

RANKS: dict[Severity, int] = {"note": 0, "warning": 1, "error": 2}
"""Severities, the gravest last."""


class Finding(NamedTuple):
    """A diagnostic in words.

    Attributes:
        shown: the diagnostic.
        language: of the words.
        mark: tells it from all others of the run, and stays the same when the lines of its file move.
    """

    shown: Shown
    language: Language
    mark: str

    @property
    def place(self) -> ShownLabel:
        """Where it is."""
        return self.shown["labels"][0]

    @property
    def path(self) -> str:
        """The file that it is in, as seen from the repository."""
        return path_of(self.place["source"])

    @property
    def said(self) -> str:
        """What is wrong and what to do, in one line; hidden characters are shown."""
        said = (self.shown["text"], self.shown.get("hint", ""))
        return visible(sentences(self.language, said))


class Looked(NamedTuple):
    """A file that was checked, and what was found."""

    file: str
    findings: tuple[Finding, ...]


def path_of(name: str) -> str:
    """A file's path, with forward slashes, from where servers look it up: the root of the repository.

    That is the nearest folder above with a `.git`; without one it is the working folder. A file outside of it stands
    as it was named.
    """
    # Compared as they stand, without following links.
    here = Path(os.getcwd())  # noqa: PTH109
    root = next((one for one in (here, *here.parents) if (one / ".git").exists()), here)
    path = PurePath(os.path.normpath(here / name))
    found = path.relative_to(root) if path.is_relative_to(root) else os.path.normpath(name)
    return PurePath(found).as_posix()


def findings(
    shown: Iterable[Shown], sources: Mapping[str, Source], seen: dict[str, int], language: Language
) -> tuple[Finding, ...]:
    """The diagnostics of a file with their marks.

    Args:
        shown: the diagnostics.
        sources: the texts that their labels point into.
        seen: how often each mark was met in the run; equal findings are numbered by it.
        language: of their words.
    """
    return tuple(Finding(each, language, _mark(each, sources, seen)) for each in shown)


def _mark(shown: Shown, sources: Mapping[str, Source], seen: dict[str, int]) -> str:
    place = shown["labels"][0]
    line = sources[place["source"]].line(place["line"]).strip()
    parts = "\0".join((shown["code"], path_of(place["source"]), line))
    seen[parts] = seen.get(parts, 0) + 1
    return sha256(f"{parts}\0{seen[parts]}".encode()).hexdigest()
