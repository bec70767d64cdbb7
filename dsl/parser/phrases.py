"""Repairs of what people phrase as in a letter, by the patterns of the dialect: `email hr "Late"`.

A pattern says how a part of a line is phrased and how the language has it; what its slots hold is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import structs

from dsl import syntax_errors
from dsl.dialects import Phrase
from dsl.parser.amounts import amount
from dsl.parser.attempts import Context, Outcome, attempted, attempted_on
from dsl.parser.lexemes import TEXT, WORD, Lexeme, scan, spaced
from dsl.parser.lexer import StuckError
from dsl.parser.needless import filler
from dsl.parser.parting import glued
from dsl.parser.respelling import instead
from dsl.parser.signs import lexemes_of, written
from dsl.parser.swaps import Swap, first_read
from dsl.source import Span
from dsl.syntax_errors import Found

_REST = "<rest>"
_BREAK = "\n"
_KINDS = {"name": WORD, "text": TEXT, "number": "NUMBER", "time": "TIME"}
"""What a slot takes; one of several has a digit behind its name."""
_INSIDE = {"name": r"\D.*?", "number": r"\d+"}
"""What a slot takes inside a word."""
Held = dict[str, list[Lexeme]]
"""What the slots of a pattern hold."""


def phrased(stuck: StuckError, context: Context) -> Outcome | None:
    """A part of a line as people phrase it: read as the language has it."""
    swaps = list(_swaps(stuck.lexemes, context.dialect.phrases, stuck.at))
    lines = (_as_lines(swap, stuck.lexemes, context) for swap in swaps)
    whole = [swap for swap in swaps if _break(swap.said) is None]
    return next(filter(None, lines), None) or first_read(whole, stuck, context, _further)


def conditioned(stuck: StuckError, context: Context) -> Outcome | None:
    """`whenever item overdue and level > 3`: what happens and what must hold are two lines."""
    known, lexemes = context.dialect, stuck.lexemes
    if context.start != "rule_line":
        return None
    for at in (at for at, one in enumerate(lexemes) if one.text == known.written["AND"]):
        for event in _events(lexemes[: at - (lexemes[at - 1].kind == "COMMA")], context):
            line = event[-1]._replace(kind=_BREAK, text=_BREAK)
            when = lexemes_of("WHEN", known, lexemes[at])
            swap = Swap(0, len(lexemes), [*event, line, *when, *lexemes[at + 1 :]])
            found = _as_lines(swap, lexemes, context)
            if found is not None:
                return found
    return None


def _events(lexemes: list[Lexeme], context: Context) -> Iterator[list[Lexeme]]:
    """A line of what happens, as the language has it or as it stands."""
    known = context.dialect
    phrases = (*known.misread, *known.phrases)
    said = (*(swap.on(lexemes) for swap in _swaps(lexemes, phrases, None)), lexemes)
    yield from (one for one in said if one and one[0].text == known.written["WHENEVER"])


def misread(lexemes: list[Lexeme], context: Context) -> Outcome | None:
    """What could be read, but as something that nobody means: `交接项 全部 完成` names no item."""
    for swap in _swaps(lexemes, context.dialect.misread, None):
        read_so = attempted(swap.on(lexemes), context)
        if read_so.values:
            return read_so._replace(diagnostics=(swap.told(lexemes, context),))
    return None


def in_two_lines(first: list[Lexeme], second: list[Lexeme], context: Context) -> Outcome | None:
    """Two lines that cannot be read but as one: `from leaver`, and `to hr` below it."""
    if min(len(first), len(second)) < len(("from", "giver")) or attempted(second, context).values:
        return None
    for both in ([*first, *second], [*second, *first]):
        read_so = attempted(both, context)
        if read_so.values:
            place = Span(first[0].start, second[-1].end)
            found = Found(spaced(both), place)
            wrong = syntax_errors.replaced(context.source, "E106", found, written(both))
            fix = wrong.fix and structs.replace(wrong.fix, title="E106.lines.fix")
            told = structs.replace(wrong, variant="E106.lines", hint="E106.lines.hint", fix=fix)
            return read_so._replace(diagnostics=(told,))
    return _phrased_in_two(first, second, context)


def _phrased_in_two(first: list[Lexeme], second: list[Lexeme], context: Context) -> Outcome | None:
    found = attempted_on([*first, *second], context, phrased, -1)
    wrong = found.diagnostics if found else ()
    across = len(wrong) == 1 and wrong[0].primary.span == Span(first[0].start, second[-1].end)
    return found if across else None


def _further(stuck: StuckError, context: Context) -> Outcome | None:
    return (
        instead(stuck, context)
        or amount(stuck, context)
        or filler(stuck, context)
        or glued(stuck, context)
    )


def _swaps(lexemes: list[Lexeme], phrases: Sequence[Phrase], at: int | None) -> Iterator[Swap]:
    """What fits a pattern, around the place `at` unless that is none."""
    texts = {lexeme.text for lexeme in lexemes}
    for phrase in phrases:
        if not all("<" in word or word in texts for word in phrase.said):
            continue
        for first in range(len(lexemes) if at is None else min(at + 1, len(lexemes))):
            found = _held(phrase.said, lexemes[first:])
            if found is not None and (at is None or at <= first + found[0]):
                said = list(_said(phrase.meant, found[1], lexemes[first]))
                yield Swap(first, first + found[0], said, sure=False)


def _held(said: Sequence[str], lexemes: list[Lexeme]) -> tuple[int, Held] | None:
    """How many lexemes the pattern takes, and what its slots hold; None if it does not fit."""
    at, held = 0, Held()
    for place, word in enumerate(said):
        if word == _REST:
            behind = len(said) - place - 1
            at, held[word] = len(lexemes) - behind, lexemes[at : len(lexemes) - behind]
            continue
        one = lexemes[at] if 0 <= at < len(lexemes) else None
        if one is None or not _fits(word, one, held):
            return None
        at += 1
    return at, held


def _fits(word: str, one: Lexeme, held: Held) -> bool:
    """True if a lexeme is what a word of a pattern says; what a slot takes is held."""
    form = _form(word)
    if form is None:
        return one.text == word
    if word.startswith("<") and word.endswith(">") and form.groups == 1:
        held[word] = [one]
        return one.kind == _KINDS[word.strip("<23>")]
    found = form.fullmatch(one.text) if one.kind == WORD else None
    for name, text in found.groupdict().items() if found else ():
        held[f"<{name}>"] = [one._replace(kind=part.kind, text=part.text) for part in scan(text)]
    return found is not None


@cache
def _form(word: str) -> re.Pattern[str] | None:
    """How a word of a pattern with slots in it is written: `由<name>指定`; None if it has none."""
    fixed, *slots = re.split(r"<(\w+)>", word)
    if not slots:
        return None
    pairs = zip(slots[::2], slots[1::2], strict=True)
    said = (
        f"(?P<{name}>{_INSIDE.get(name.rstrip('23'), '.+?')}){re.escape(behind)}"
        for name, behind in pairs
    )
    return re.compile(re.escape(fixed) + "".join(said))


def _said(meant: Sequence[str], held: Held, place: Lexeme) -> Iterator[Lexeme]:
    """The words of the language, with what the slots hold."""
    for word in meant:
        if word in held:
            yield from held[word]
        elif word.strip('"') in held:
            (inner,) = held[word.strip('"')]
            yield inner._replace(kind=TEXT, text=f'"{inner.text}"')
        elif word == _BREAK:
            yield place._replace(kind=_BREAK, text=_BREAK)
        else:
            yield from (place._replace(kind=one.kind, text=one.text) for one in scan(word))


def _break(lexemes: Sequence[Lexeme]) -> int | None:
    """Where a line of its own begins, if one does."""
    return next((at for at, one in enumerate(lexemes) if one.kind == _BREAK), None)


def _as_lines(swap: Swap, lexemes: list[Lexeme], context: Context) -> Outcome | None:
    """Two lines that were phrased as one."""
    whole = swap.on(lexemes)
    at, within = _break(whole), _break(swap.said)
    if at is None or within is None:
        return None
    first = attempted(whole[:at], context)
    second = attempted_on(whole[at + 1 :], context, _again, -1)
    if not first.values or second is None:
        return None
    place = Span(lexemes[swap.first].start, lexemes[swap.last - 1].end)
    lines = {"first": written(swap.said[:within]), "second": written(swap.said[within + 1 :])}
    found = Found(whole[at + 1].text, place)
    wrong = syntax_errors.replaced(
        context.source, "E111", found, "\n  ".join(lines.values()), sure=False
    )
    fix = wrong.fix and structs.replace(wrong.fix, title="E111.phrased.fix", values={**lines})
    told = structs.replace(wrong, variant="E111.phrased", values={**lines}, fix=fix)
    values, tokens = first.values + second.values, first.tokens + second.tokens
    return Outcome(values, tokens, (told, *second.diagnostics))


def _again(stuck: StuckError, context: Context) -> Outcome | None:
    return phrased(stuck, context) or _further(stuck, context)
