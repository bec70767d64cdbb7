"""Lexemes of a statement that are said otherwise: what amounts and wordings are repaired with."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic
from dsl.parser.attempts import Context, Outcome, attempted_on
from dsl.parser.lexemes import Lexeme, spaced
from dsl.parser.lexer import StuckError
from dsl.parser.signs import written
from dsl.source import Span
from dsl.syntax_errors import Found


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


def _no_more(_stuck: StuckError, _context: Context) -> None:
    return None
