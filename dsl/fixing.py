"""Makes the changes that diagnostics offer, and checks what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from dsl.diagnostic import Diagnostic, Edit
from dsl.layers import NOTHING, Shelf
from dsl.pipeline import Checker, Outcome
from dsl.source import Source, of_text

ROUNDS = 10
"""So often a text is checked anew: a repair may bring another problem to light."""
Wanted = Callable[[Source, Diagnostic], bool]


class Made(NamedTuple):
    """A fix that was made: the text as it was before, and the problem."""

    before: Source
    diagnostic: Diagnostic


class Fixed(Struct, frozen=True):
    """A text after its fixes, what came of it, and the fixes in the order in which they were made."""

    source: Source
    outcome: Outcome
    made: tuple[Made, ...] = ()


def fixed(source: Source, asked: Wanted | None = None, shelf: Shelf = NOTHING) -> Fixed:
    """Makes every fix of a text that is sure, and of the others those that are said yes to.

    Args:
        source: the text; those that it extends are left as they are.
        asked: says of a fix that is not sure whether to make it; None: none of them.
        shelf: finds the bases that the text extends.
    """
    checker = Checker(shelf)
    after = _all_sure(Fixed(source, checker.check(source)), checker)
    if asked is None:
        return after
    unsure = _round(after, lambda text, each: not is_sure(each) and asked(text, each), checker)
    return _all_sure(unsure, checker)


def _all_sure(found: Fixed, checker: Checker) -> Fixed:
    for _ in range(ROUNDS):
        after = _round(found, lambda _, each: is_sure(each), checker)
        if after is found:
            break
        found = after
    return found


def _round(found: Fixed, wanted: Wanted, checker: Checker) -> Fixed:
    """The text after all wanted fixes that do not touch each other; the same if there is none."""
    chosen: list[Made] = []
    taken: list[Edit] = []
    for each in found.outcome.diagnostics:
        own = each.primary.source == found.source.name
        edits = each.fix.edits if each.fix and own else ()
        touching = any(_touch(one, other) for one in edits for other in taken)
        if edits and not touching and wanted(found.source, each):
            chosen.append(Made(found.source, each))
            taken.extend(edits)
    if not chosen:
        return found
    source = of_text(found.source.name, edited(found.source.original, taken))
    return Fixed(source, checker.check(source), (*found.made, *chosen))


def is_sure(diagnostic: Diagnostic) -> bool:
    """True if the fix leaves no doubt."""
    return diagnostic.fix is not None and diagnostic.fix.sure


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with pieces of it replaced; the edits do not overlap."""
    said: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        said += [text[at : edit.span.start], edit.text]
        at = edit.span.end
    return "".join((*said, text[at:]))


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
