"""W512: `and` beside `or` without brackets, where people do not agree on what belongs together."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dsl import nodes
from dsl.diagnostic import Diagnostic, Edit, Fix, Label, Value
from dsl.expressions.uses import walk
from dsl.parser.attempts import Context, Outcome
from dsl.parser.lexemes import Lexeme, spaced
from dsl.source import Span


def with_brackets(found: Outcome, lexemes: list[Lexeme], context: Context) -> Outcome:
    """The outcome of a statement, with a warning if it mixes both without brackets."""
    if not {"AND", "OR"} <= {token.type for token in found.tokens}:
        return found
    return found._replace(diagnostics=(*found.diagnostics, *_mixed(found, lexemes, context)))


def _mixed(found: Outcome, lexemes: list[Lexeme], context: Context) -> Iterator[Diagnostic]:
    ends = {lexeme.start: before.kind for before, lexeme in pairwise(lexemes)}
    begins = {lexeme.end: behind.kind for lexeme, behind in pairwise(lexemes)}
    for each in walk(found.values):
        if not isinstance(each, nodes.Or):
            continue
        bare = [
            part.span
            for part in each.parts
            if isinstance(part, nodes.And)
            and (ends.get(part.span.start), begins.get(part.span.end)) != ("LP", "RP")
        ]
        if bare:
            said = [one for one in lexemes if bare[0].start <= one.start < bare[0].end]
            labels = tuple(Label(span, context.source, "W512.label") for span in bare)
            edits = tuple(
                Edit(Span(at, at), sign)
                for span in bare
                for at, sign in ((span.start, "("), (span.end, ")"))
            )
            known = context.dialect.written
            values: dict[str, Value] = {
                "and": known["AND"], "or": known["OR"], "suggestion": f"({spaced(said)})",
            }  # fmt: skip
            fix = Fix("W512.fix", edits)
            yield Diagnostic("W512", "warning", labels, values, "W512.hint", fix)
