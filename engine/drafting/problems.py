"""The problems of a text in the reader's words, with where they stand and what would mend them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from dsl.catalogue import Language
from dsl.diagnostic import Diagnostic, Edit, Severity
from dsl.render import Shown, render_json
from dsl.source import Source


class Problem(Struct, frozen=True):
    """One problem in words.

    Attributes:
        start, end: the place, in code points of the text.
        line, column: of the place, from 1.
        hint, fix: empty where there is none; `fix` is what the edits do.
        edits: what mends it.
    """

    code: str
    severity: Severity
    title: str
    text: str
    hint: str
    start: int
    end: int
    line: int
    column: int
    fix: str
    edits: tuple[Edit, ...]


def problems_of(
    diagnostics: Iterable[Diagnostic], source: Source, language: Language
) -> tuple[Problem, ...]:
    """Diagnostics in words, in order."""
    found = tuple(diagnostics)
    words = render_json(found, {source.name: source}, language)
    return tuple(_problem(one, said) for one, said in zip(found, words, strict=True))


def _problem(diagnostic: Diagnostic, said: Shown) -> Problem:
    label, fix = said["labels"][0], said.get("fix")
    return Problem(
        said["code"],
        said["severity"],
        said["title"],
        said["text"],
        said.get("hint", ""),
        label["start"],
        label["end"],
        label["line"],
        label["column"],
        fix["title"] if fix else "",
        diagnostic.fix.edits if diagnostic.fix else (),
    )
