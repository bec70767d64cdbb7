"""A rulebook within a page of notes, as Markdown has it: only what stands between the fences is the rulebook."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Edit, Fix
from dsl.parser.cutting import Placed
from dsl.source import Span

_FENCES = ("```", "~~~")
_NAMES = frozenset(("baton", "rulebook", "规则书"))
"""What a fence says that holds a rulebook."""


class Page(NamedTuple):
    """The rows of a text: those of its rulebook, and those around it."""

    rulebook: list[Placed]
    around: list[Placed]


def page(placed: Sequence[Placed]) -> Page:
    """Parts the rows of a text; without fences all of them are the rulebook's.

    Where some fences say that they hold a rulebook, what others hold is none.
    """
    fences = [at for at, one in enumerate(placed) if one.line.lstrip().startswith(_FENCES)]
    ends = (*fences[1::2], len(placed))
    pieces = list(zip(fences[::2], ends, strict=False))
    if not pieces:
        return Page(list(placed), [])
    named = [piece for piece in pieces if _named(placed[piece[0]])]
    within = {at for begin, end in named or pieces for at in range(begin + 1, end)}
    return Page(
        [one for at, one in enumerate(placed) if at in within],
        [one for at, one in enumerate(placed) if at not in within],
    )


def _named(fence: Placed) -> bool:
    return fence.line.strip(" \t\n\r`~").casefold() in _NAMES


def around_wrong(source: str, around: Sequence[Placed]) -> list[Diagnostic]:
    """One error for all that is no rulebook in a text; as comments its lines may stay."""
    lines = [one for one in around if one.words]
    if not lines:
        return []
    fences = [one for one in lines if one.line.lstrip().startswith(_FENCES)]
    first = next(filter(_named, fences), fences[0])
    at = first.start + first.words[0].start
    place = Span(at, first.start + first.words[-1].end)
    edits = tuple(Edit(Span(one.start, one.start), "# ") for one in lines)
    fix = Fix("E101.fenced.fix", edits, sure=True)
    wrong = syntax_errors.error(source, "E101", place, fix=fix)
    label = structs.replace(wrong.primary, message="E101.fenced.label")
    return [structs.replace(wrong, labels=(label,), variant="E101.fenced", hint="E101.fenced.hint")]
