"""Lexemes of a statement that are said otherwise: what amounts and wordings are repaired with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Edit, Fix, Label, Value
from dsl.parser.attempts import Context, Outcome, attempted_on
from dsl.parser.lexemes import Lexeme, scan, spaced
from dsl.parser.lexer import StuckError
from dsl.parser.signs import written
from dsl.source import Span
from dsl.syntax_errors import Found

_WORDINGS = frozenset(("E103", "E104", "E116", "E121", "E122", "E124"))
"""Errors of a word or an amount that is said otherwise."""


class Swap(NamedTuple):
    """Lexemes from `first` up to `last` that are said otherwise.

    Attributes:
        code: of the error, with the name of another text of it behind a dot.
        sure: it means the same.
    """

    first: int
    last: int
    said: Sequence[Lexeme]
    code: str = "E103.instead"
    sure: bool = True

    def on(self, lexemes: list[Lexeme]) -> list[Lexeme]:
        """The statement with what is said instead."""
        return [*lexemes[: self.first], *self.said, *lexemes[self.last :]]

    def told(self, lexemes: list[Lexeme], context: Context) -> Diagnostic:
        """The error that says so."""
        was = lexemes[self.first : self.last]
        found = Found(spaced(was), Span(was[0].start, was[-1].end))
        code, _, variant = self.code.partition(".")
        meant = written(self.said)
        wrong = syntax_errors.replaced(context.source, code, found, meant, sure=self.sure)
        return structs.replace(wrong, variant=self.code) if variant else wrong


def first_read(
    swaps: Iterable[Swap],
    stuck: StuckError,
    context: Context,
    again: Callable[[StuckError, Context], Outcome | None] | None = None,
) -> Outcome | None:
    """The statement with the first of the swaps with which it can be read.

    What is stuck behind the place may be mended by the repair `again`.
    """
    for swap in swaps:
        read_so = attempted_on(swap.on(stuck.lexemes), context, again or _no_more, stuck.at)
        if read_so is not None:
            wrong = swap.told(stuck.lexemes, context)
            return read_so._replace(diagnostics=(wrong, *read_so.diagnostics))
    return None


def as_one(wrong: tuple[Diagnostic, ...], lexemes: Sequence[Lexeme]) -> tuple[Diagnostic, ...]:
    """Several wordings of a line are one error, which says how the whole line is written.

    Those that are no mere wordings, or that touch each other, stay as they are.
    """
    wordings = (one for one in wrong if one.code in _WORDINGS and one.variant != "E103.either")
    fixes = [one.fix for one in wordings if one.fix is not None]
    edits = sorted((edit for fix in fixes for edit in fix.edits), key=lambda edit: edit.span)
    spans = [edit.span for edit in edits]
    apart = all(one.end <= other.start for one, other in pairwise(spans))
    if not len(wrong) == len(fixes) > 1 or not apart or any(one.start == one.end for one in spans):
        return wrong
    line = written(list(_edited(edits, lexemes)))
    first = wrong[0]
    labels = (*first.labels, *(_again(one.primary) for one in wrong[1:]))
    values: dict[str, Value] = {"suggestion": line}
    sure = all(fix.sure for fix in fixes)
    fix = Fix("E103.fix", tuple(edits), values, sure)
    told = syntax_errors.error(first.primary.source, "E103", first.primary.span, values, fix)
    return (structs.replace(told, labels=labels, variant="E103.several"),)


def _again(label: Label) -> Label:
    return structs.replace(label, message="label.again")


def _edited(edits: Sequence[Edit], lexemes: Sequence[Lexeme]) -> Iterator[Lexeme]:
    """The words of a line as they are once it is edited."""
    waiting = list(edits)
    for lexeme in lexemes:
        while waiting and waiting[0].span.start <= lexeme.start:
            yield from scan(waiting.pop(0).text)
        if not any(edit.span.start <= lexeme.start < edit.span.end for edit in edits):
            yield lexeme
    for edit in waiting:
        yield from scan(edit.text)


def _no_more(_stuck: StuckError, _context: Context) -> None:
    return None
