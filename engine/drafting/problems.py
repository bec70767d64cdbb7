"""The problems of a text in the reader's words, with where they stand and what would mend them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from dsl.catalogue import Language
from dsl.diagnostic import Diagnostic, Edit, Severity
from dsl.render import Shown, render_json
from dsl.source import Source

NO_OTHERS: Mapping[str, Source] = {}


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
    diagnostics: Iterable[Diagnostic],
    source: Source,
    language: Language,
    others: Mapping[str, Source] = NO_OTHERS,
) -> tuple[Problem, ...]:
    """Diagnostics in words, in order.

    Args:
        diagnostics: of a text.
        source: the text.
        language: of the reader.
        others: the texts of its bases, by name; a problem that stands there alone is told at the
            begin of this text.
    """
    found = tuple(diagnostics)
    words = render_json(found, {**others, source.name: source}, language)
    return tuple(_problem(one, said, source.name) for one, said in zip(found, words, strict=True))


def _problem(diagnostic: Diagnostic, said: Shown, name: str) -> Problem:
    label = next((one for one in said["labels"] if one["source"] == name), None)
    start, end, line, column = (
        (label["start"], label["end"], label["line"], label["column"]) if label else (0, 0, 1, 1)
    )
    is_here = diagnostic.primary.source == name
    fix = said.get("fix") if is_here else None
    return Problem(
        said["code"],
        said["severity"],
        said["title"],
        said["text"],
        said.get("hint", ""),
        start,
        end,
        line,
        column,
        fix["title"] if fix else "",
        diagnostic.fix.edits if diagnostic.fix and is_here else (),
    )
