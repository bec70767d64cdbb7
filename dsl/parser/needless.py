"""Repairs of a statement in which a word or a sign is too many."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Edit
from dsl.parser.attempts import Context, Outcome, attempted, attempted_on
from dsl.parser.lexemes import TEXT, WORD, Lexeme
from dsl.parser.lexer import StuckError
from dsl.source import Span
from dsl.syntax_errors import Found

_PARTING = frozenset(("COMMA", "EQ", "LP", "RP", "LB", "RB", "DOT", "RANGE", "PIPE", TEXT))


def dangling(stuck: StuckError, context: Context) -> Outcome | None:
    """A comma behind which nothing comes, or a keyword that goes on without one."""
    ends = stuck.at > 0 and stuck.lexemes[stuck.at - 1].kind == "COMMA"
    return without(stuck, stuck.at - 1, context) if ends else None


def doubled(stuck: StuckError, context: Context) -> Outcome | None:
    """The same word twice: read as if it stood there once."""
    words = stuck.lexemes[: stuck.at + 1]
    twice = (
        at
        for at in range(1, len(words))
        if words[at].text == words[at - 1].text and words[at].kind != "COMMA"
    )
    return next((found for at in twice if (found := without(stuck, at, context))), None)


def filler(
    stuck: StuckError,
    context: Context,
    again: Callable[[StuckError, Context], Outcome | None] | None = None,
) -> Outcome | None:
    """A word that changes nothing, as `the` of `manager of the leaver`: read without it.

    What is stuck behind the word may be mended by the repair `again`.
    """
    for at in (stuck.at, stuck.at - 1):
        word = stuck.lexemes[at] if 0 < at < len(stuck.lexemes) else None
        if word is None or word.text not in context.dialect.fillers:
            continue
        rest = [*stuck.lexemes[:at], *stuck.lexemes[at + 1 :]]
        read_so = attempted_on(rest, context, partial(_filler_or, again=again), at - 1)
        if read_so is not None:
            wrong = _taken_out(stuck.lexemes, at, context, sure=False)
            return read_so._replace(diagnostics=_at_once(wrong, read_so.diagnostics))
    return None


def _filler_or(
    stuck: StuckError,
    context: Context,
    again: Callable[[StuckError, Context], Outcome | None] | None,
) -> Outcome | None:
    return filler(stuck, context, again) or (again(stuck, context) if again else None)


def _at_once(first: Diagnostic, others: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The same word several times in a line is one error, with each place."""
    further = others[0] if others else None
    if (
        further is None
        or (further.code, further.values) != (first.code, first.values)
        or not first.fix
        or not further.fix
    ):
        return (first, *others)
    fix = structs.replace(first.fix, edits=(*first.fix.edits, *further.fix.edits))
    more = (structs.replace(label, message="label.again") for label in further.labels)
    return (structs.replace(first, labels=(*first.labels, *more), fix=fix), *others[1:])


def _taken_out(lexemes: list[Lexeme], at: int, context: Context, *, sure: bool) -> Diagnostic:
    """That a word is too many; the blank beside it goes with it."""
    word = lexemes[at]
    found = Found(word.text, Span(word.start, word.end))
    wrong = syntax_errors.replaced(context.source, "E116", found, "", sure=sure)
    begin = lexemes[at - 1].end if at > 0 else word.start
    end = lexemes[at + 1].start if at == 0 and len(lexemes) > 1 else word.end
    fix = wrong.fix and structs.replace(wrong.fix, edits=(Edit(Span(begin, end), ""),))
    return structs.replace(wrong, fix=fix)


def surplus(stuck: StuckError, context: Context) -> Outcome | None:
    """One word or sign too many that says nothing by itself: read as if it were not there.

    Of two, a word of the language that was taken for a name goes rather than the name behind it.
    """
    for at in (stuck.at - 1, stuck.at):
        last = stuck.lexemes[stuck.at : stuck.at + 1]
        is_name = (
            bool(last) and last[0].kind == WORD and last[0].text not in context.dialect.spellings
        )
        fits = at > 0 and at < len(stuck.lexemes) and (at == stuck.at or is_name)
        found = without(stuck, at, context) if fits and _says_nothing(stuck, at, context) else None
        if found is not None:
            return found
    return None


def _says_nothing(stuck: StuckError, at: int, context: Context) -> bool:
    """True for signs that part, and for keywords that deny nothing; numbers and names say something."""
    lexeme, known = stuck.lexemes[at], context.dialect
    if lexeme.kind != WORD:
        return lexeme.kind in _PARTING
    return lexeme.text in known.spellings and lexeme.text != known.written["NOT"]


def without(stuck: StuckError, at: int, context: Context) -> Outcome | None:
    """The statement without one of its words or signs, if it can then be read."""
    read_so = attempted([*stuck.lexemes[:at], *stuck.lexemes[at + 1 :]], context)
    if at >= len(stuck.lexemes) or not read_so.values:
        return None
    lexeme = stuck.lexemes[at]
    twice = lexeme.text == stuck.lexemes[at - 1].text
    sure = twice or lexeme.kind == "COMMA"
    diagnostic = _taken_out(stuck.lexemes, at, context, sure=sure)
    return read_so._replace(diagnostics=(diagnostic,))
