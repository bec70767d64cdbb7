"""Makes the changes that diagnostics offer, and checks what comes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from msgspec import Struct

from dsl.diagnostic import Diagnostic, Edit
from dsl.pipeline import Outcome, check_source
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


def fixed(source: Source, asked: Wanted | None = None) -> Fixed:
    """Makes every fix of a text that is sure, and of the others those that are said yes to.

    Args:
        source: the text.
        asked: says of a fix that is not sure whether to make it; None: none of them.
    """
    after = _all_sure(Fixed(source, check_source(source)))
    if asked is None:
        return after
    return _all_sure(_round(after, lambda text, each: not is_sure(each) and asked(text, each)))


def _all_sure(found: Fixed) -> Fixed:
    for _ in range(ROUNDS):
        after = _round(found, lambda _, each: is_sure(each))
        if after is found:
            break
        found = after
    return found


def _round(found: Fixed, wanted: Wanted) -> Fixed:
    """The text after all wanted fixes that do not touch each other; the same if there is none."""
    chosen: list[Made] = []
    taken: list[Edit] = []
    for each in found.outcome.diagnostics:
        edits = each.fix.edits if each.fix else ()
        touching = any(_touch(one, other) for one in edits for other in taken)
        if edits and not touching and wanted(found.source, each):
            chosen.append(Made(found.source, each))
            taken.extend(edits)
    if not chosen:
        return found
    source = of_text(found.source.name, edited(found.source.original, taken))
    return Fixed(source, check_source(source), (*found.made, *chosen))


def is_sure(diagnostic: Diagnostic) -> bool:
    """True if the fix leaves no doubt."""
    return diagnostic.fix is not None and diagnostic.fix.sure


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with pieces of it replaced; the edits do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.text + text[edit.span.end :]
    return text


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end
