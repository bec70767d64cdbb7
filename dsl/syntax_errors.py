"""Diagnostics of text and syntax: what was found, what could stand there, what to change.

Words of the language are quoted as the file's dialect writes them; everything else is a term that
is shown in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches
from typing import NamedTuple

from msgspec import structs

from dsl.diagnostic import Diagnostic, Edit, Fix, Label, Term, Terms, Value
from dsl.dialects import Dialect, other
from dsl.source import Problem, Source, Span

MAX_EXPECTED = 6
_ALIKE = 0.7
_ALIKE_HAN = 0.6
_LONGEST = 100
"""What is longer is no keyword with a slip in it."""
_SYMBOLS = {
    "COMMA": ",", "RANGE": "..", "LB": "[", "RB": "]", "LP": "(", "RP": ")",
    "EQ": "=", "NE": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=", "PLUS": "+",
    "MINUS": "-", "STAR": "*", "SLASH": "/",
}  # fmt: skip
_TERMS = {
    "$END": "line_end", "NAME": "name", "TEXT": "quoted_text", "NUMBER": "number",
    "DATE": "date", "TIME": "time", "PERCENT": "percentage", "CURRENCY": "currency",
    "VERSION_NUMBER": "version",
}  # fmt: skip


class Found(NamedTuple):
    """What stands at the place of an error: its text and its span in the original text."""

    text: str
    span: Span


def error(
    source: str,
    code: str,
    span: Span,
    values: dict[str, Value] | None = None,
    fix: Fix | None = None,
) -> Diagnostic:
    """A syntax error with one place."""
    return Diagnostic(
        code, "error", (Label(span, source, f"{code}.label"),), values or {}, f"{code}.hint", fix
    )


def of_text(source: Source) -> tuple[Diagnostic, ...]:
    """What is wrong with the text as such."""
    return tuple(
        error(source.name, one.code, one.span, dict(one.values), _without(one))
        for one in source.problems
    )


def _without(problem: Problem) -> Fix | None:
    """A character that nobody sees is taken out; of what cannot be read there is nothing to take."""
    return Fix("E006.fix", (Edit(problem.span, ""),)) if problem.code == "E006" else None


def two_places(source: str, code: str, places: tuple[Span, Span]) -> Diagnostic:
    """An error with a second place that belongs to it."""
    first = Label(places[0], source, f"{code}.label")
    second = Label(places[1], source, f"{code}.other")
    return Diagnostic(code, "error", (first, second), hint=f"{code}.hint")


def replaced(source: str, code: str, found: Found, by: str, *, sure: bool = True) -> Diagnostic:
    """An error that goes away when what was found is replaced by other text."""
    values: dict[str, Value] = {"found": found.text, "suggestion": by}
    fix = Fix(f"{code}.fix", (Edit(found.span, by),), values, sure)
    wrong = error(source, code, found.span, values, fix)
    in_capitals = code == "E103" and found.text != by == found.text.lower()
    return structs.replace(wrong, variant="E103.case") if in_capitals else wrong


def inserted(
    source: str, code: str, at: int, said: tuple[str, str], *, sure: bool = False
) -> Diagnostic:
    """An error that goes away when some text is inserted; `said` is that text and what was found."""
    text, found = said
    values: dict[str, Value] = {"found": found, "suggestion": text.strip()}
    span = Span(at, at)
    fix = Fix(f"{code}.fix", (Edit(span, text),), values, sure)
    return error(source, code, span, values, fix)


def unexpected(source: str, found: Found | None, at: Span, expected: Terms) -> Diagnostic:
    """Something stands where it cannot, or (nothing found) the line ends too early."""
    if found is None:
        return error(source, "E106", at, {"expected": expected})
    return error(source, "E102", found.span, {"found": found.text, "expected": expected})


def missing_title(source: str, span: Span, name: str, blank: Span | None = None) -> Diagnostic:
    """A declaration without a title, or with a blank one, which people then see by its id."""
    text = f' "{name}"'
    values: dict[str, Value] = {"name": name, "suggestion": text.strip()}
    at = Span(span.end, span.end)
    if blank is not None:
        at, span, text = blank, blank, text.strip()
    return Diagnostic(
        "W550",
        "warning",
        (Label(span, source, "W550.label"),),
        values,
        "W550.hint",
        Fix("W550.fix", (Edit(at, text),), values, sure=True),
    )


def listed(
    kinds: Iterable[str], dialect: Dialect, found: str | None = None, most: int = MAX_EXPECTED
) -> Terms:
    """Terminals as people read them: few, those that look like what was found first."""
    known = {kind: value for kind in kinds if (value := _shown(kind, dialect)) is not None}
    order = {kind: place for place, kind in enumerate((*_TERMS, *dialect.written, *_SYMBOLS))}
    ranked = sorted(known, key=lambda kind: (-_alike(known[kind], found), order[kind]))
    shown = list(dict.fromkeys(known[kind] for kind in ranked))
    few = shown if len(shown) <= most + 1 else shown[:most]
    return Terms((*few, Term("and_others")) if len(shown) > len(few) else tuple(few))


def _shown(kind: str, dialect: Dialect) -> Value | None:
    if kind in _TERMS:
        return Term(_TERMS[kind])
    sign = _SYMBOLS.get(kind)
    return dialect.written.get(kind) if sign is None else f"`{sign}`"


def _alike(shown: Value, found: str | None) -> float:
    if found is None or len(found) > _LONGEST or not isinstance(shown, str):
        return 0.0
    if found in shown.split():
        return 1.0
    likeness = SequenceMatcher(None, shown, found).ratio()
    return likeness if likeness >= _ALIKE_HAN else 0.0


def misspelt(word: str, kinds: Iterable[str], dialect: Dialect) -> str | None:
    """The first terminal among `kinds` whose spelling the word was probably meant to be."""
    return next(iter(_alike_ones(word, kinds, dialect, 1)), None)


def is_clear(word: str, kinds: Iterable[str], dialect: Dialect) -> bool:
    """True if only one of the terminals is spelt like the word."""
    return len(set(_alike_ones(word, kinds, dialect, 2))) == 1


def _alike_ones(word: str, kinds: Iterable[str], dialect: Dialect, most: int) -> list[str]:
    if len(word) > _LONGEST:
        return []
    spellings = _spellings(kinds, dialect)
    cutoff = _ALIKE if word.isascii() else _ALIKE_HAN
    return [spellings[one] for one in get_close_matches(word.lower(), spellings, most, cutoff)]


def foreign(word: str, kinds: Iterable[str], dialect: Dialect) -> str | None:
    """The terminal among `kinds` whose spelling in the other dialect the word is."""
    possible = set(kinds)
    return next(
        (
            kind
            for kind in other(dialect).terminals(word)
            if kind in possible & set(dialect.written)
        ),
        None,
    )


def _spellings(kinds: Iterable[str], dialect: Dialect) -> dict[str, str]:
    possible = set(kinds)
    return {
        " ".join(spelling.words): kind
        for spellings in dialect.spellings.values()
        for spelling in spellings
        for kind in spelling.terminals
        if kind in possible
    }
