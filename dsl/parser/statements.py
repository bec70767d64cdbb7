"""Reads one statement and, where it cannot be read, finds the cause and the smallest repair.

A repaired statement counts as read, so that one slip gives one error.
"""

from __future__ import annotations

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Term, Terms, Value
from dsl.dialects import Dialect
from dsl.parser.amounts import amount, either_day, thousands
from dsl.parser.attempts import (
    LITERALS,
    Context,
    Outcome,
    attempt,
    attempted,
    attempted_on,
    found_at,
    stuck_at,
)
from dsl.parser.chains import arrowed, unkinded
from dsl.parser.cutting import KINDS
from dsl.parser.forms import forms_like, with_forms
from dsl.parser.grammar import first_terminals, is_type
from dsl.parser.lexemes import MAX_LEXEMES, QUOTED_NAME, TEXT, WORD, Lexeme, spaced
from dsl.parser.lexer import END, StuckError
from dsl.parser.needless import dangling, doubled, filler, surplus
from dsl.parser.parting import glued
from dsl.parser.phrases import conditioned, misread, phrased
from dsl.parser.phrasing import alone, budget, numbered, reordered, several
from dsl.parser.precedence import with_brackets
from dsl.parser.repairs import (
    barless,
    beheaded,
    fraction,
    framed,
    lacking,
    missing,
    nameless,
    stray,
    unaimed,
    unclosed,
    unopened,
)
from dsl.parser.respelling import denied, instead, quoted, respelt, respelt_before, unquoted
from dsl.parser.rewording import between, headless, noun, possessive, spaced_name, swapped, unless
from dsl.parser.signs import begun, insertable, with_sign
from dsl.parser.supplying import is_not_said, options, states, untitled
from dsl.parser.swaps import as_one
from dsl.source import Span
from dsl.syntax_errors import Found

_WITHOUT_CONDITION = frozenset(("access", "action", "approval", "document"))
"""What is done under a condition only where the process says so."""
_CONDITIONS = ("WHEN", "APPLIES_WHEN", "THEN_IF")
_FEW = 3
MAX_MENDED = 200
"""A longer statement is not repaired."""


def read_statement(lexemes: list[Lexeme], context: Context, *, mend: bool = True) -> Outcome:
    """Reads a statement. No values: it could not be read, and a diagnostic says why.

    Args:
        lexemes: its own, at least one.
        context: where it stands.
        mend: False where reading what was meant is not worth the search.
    """
    if len(lexemes) > MAX_LEXEMES:
        return _too_long(lexemes, context)
    try:
        reworded = thousands(lexemes, context) or budget(lexemes, context)
        reworded = reworded or misread(lexemes, context)
        return reworded or with_brackets(attempt(lexemes, context), lexemes, context)
    except StuckError as stuck:
        found = _as_names(stuck, context)
        if found is None and mend and len(lexemes) <= MAX_MENDED:
            found = _repaired(stuck, context)
            found = found and found._replace(diagnostics=as_one(found.diagnostics, lexemes))
        found = found or Outcome((), stuck.tokens, (_cause(stuck, context, mend=mend),))
        told = tuple(with_forms(one, lexemes, context) for one in found.diagnostics)
        return found if found.values or not mend else found._replace(diagnostics=told)


def _too_long(lexemes: list[Lexeme], context: Context) -> Outcome:
    span = Span(lexemes[0].start, lexemes[0].end)
    values: dict[str, Value] = {"limit": MAX_LEXEMES}
    return Outcome((), (), (syntax_errors.error(context.source, "E009", span, values),))


def _as_names(stuck: StuckError, context: Context) -> Outcome | None:
    """The keyword readings do not go on: the last word that can be a name instead is one."""
    tries = (
        attempted(stuck.lexemes, context, frozenset((at,))) for at in reversed(stuck.kept[-8:])
    )
    return next((found for found in tries if found.values), None)


def _repaired(stuck: StuckError, context: Context) -> Outcome | None:
    for repair in (
        unaimed, unopened, arrowed, untitled, options, unless, between, dangling, numbered, conditioned, phrased, states, is_not_said, several, amount, either_day, denied, _filler, reordered, instead, alone, framed, possessive, stray, unclosed,
        fraction, doubled, _two_statements, nameless, beheaded, barless, respelt, respelt_before, glued, unkinded, quoted,
        unquoted, noun, missing, spaced_name, lacking, surplus, headless, swapped,
    ):  # fmt: skip
        found = repair(stuck, context)
        if found is not None:
            return found
    return None


def _filler(stuck: StuckError, context: Context) -> Outcome | None:
    return filler(stuck, context, noun)


def _cause(stuck: StuckError, context: Context, *, mend: bool) -> Diagnostic:
    """The error of a statement that no repair makes readable; with `mend`, what would complete it is looked for."""
    found = found_at(stuck)
    if stuck.at == 0 and found is not None:
        return _unknown_line(stuck, found, context, mend=mend)
    end = stuck.lexemes[-1].end
    # A second time of day could be read, but never is one.
    timed = stuck.at > 0 and stuck.lexemes[stuck.at - 1].kind == "TIME"
    possible = stuck.expected - {"TIME"} if timed else stuck.expected
    expected = syntax_errors.listed(
        possible, context.dialect, None if found is None else found.text
    )
    # Where only the other dialect could go on, the word before was no name.
    earlier = None if expected.parts else stuck_at(stuck, stuck.at - 1, context)
    if earlier is not None:
        return _cause(earlier, context, mend=mend)
    types = frozenset(filter(is_type, stuck.expected)) if "TEXT_TYPE" in stuck.expected else ()
    if types:
        expected = syntax_errors.listed(types, context.dialect, most=len(types))
    wrong = syntax_errors.unexpected(context.source, found, Span(end, end), expected)
    if found is None and mend and not types:
        return _lacks(stuck, context) or wrong
    return _told(wrong, stuck, context, types=bool(types))


def _told(wrong: Diagnostic, stuck: StuckError, context: Context, *, types: bool) -> Diagnostic:
    """The error in the words for what belongs there: a type, a number, a name."""
    found = found_at(stuck)
    if _stands_for_name(stuck, context):
        wrong = structs.replace(wrong, hint="E102.keyword.hint")
    if types:
        return structs.replace(wrong, variant=f"{wrong.code}.type")
    if found is not None and stuck.expected == {"NUMBER"} and stuck.lexemes[stuck.at].kind == WORD:
        return structs.replace(wrong, variant="E102.number")
    is_text = found is not None and stuck.lexemes[stuck.at].kind == TEXT
    if is_text and wrong.values.get("expected") == Terms((Term("name"),)):
        wrong = structs.replace(wrong, variant="E102.name")
    return wrong


def _stands_for_name(stuck: StuckError, context: Context) -> bool:
    """True if the keyword that is found would be a name with which the line goes on."""
    found = stuck.lexemes[stuck.at] if stuck.at < len(stuck.lexemes) else None
    if found is None or "NAME" not in stuck.expected or found.text not in context.dialect.spellings:
        return False
    try:
        attempt(stuck.lexemes, context, frozenset((stuck.at,)))
    except StuckError as further:
        return further.at > stuck.at + 1
    return True


def _lacks(stuck: StuckError, context: Context) -> Diagnostic | None:
    """What a line that ends too early cannot do without: the one keyword that a name behind it makes whole."""
    end = stuck.lexemes[-1].end
    name = Lexeme(QUOTED_NAME, "`x`", end, end)
    whole = [
        word
        for word in insertable(stuck.expected, context.dialect)
        if attempted(
            [*with_sign(stuck.lexemes, word, (len(stuck.lexemes), end)), name], context
        ).values
    ]
    if len(whole) != 1:
        return None
    example = f"{spaced(stuck.lexemes)} {whole[0]} …"
    values: dict[str, Value] = {"word": whole[0], "example": example}
    wrong = syntax_errors.error(context.source, "E106", Span(end, end), values)
    return structs.replace(wrong, variant="E106.lacks")


def _elsewhere(lexemes: list[Lexeme], context: Context) -> dict[str, str]:
    """How the line is written in the declarations of which it could be one, by their keywords."""
    begins = ((word, f"{kind}_line") for word, kind in KINDS.items())
    lines = ((word, structs.replace(context, start=start)) for word, start in begins)
    return {
        f"`{context.dialect.written[word]}`": forms_like(lexemes, line)[0][0]
        for word, line in lines
        if line.start != context.start and attempted_on(lexemes, line, phrased, -1)
    }


def _unknown_line(stuck: StuckError, found: Found, context: Context, *, mend: bool) -> Diagnostic:
    kind = context.start.removesuffix("_line")
    begins = syntax_errors.listed(stuck.expected - LITERALS, context.dialect, found.text)
    values: dict[str, Value] = {"found": found.text, "expected": begins}
    wrong = syntax_errors.error(context.source, "E112", found.span, values)
    if kind in _WITHOUT_CONDITION and _says(found.text, _CONDITIONS, context.dialect):
        words = {word: context.dialect.written[word.upper()] for word in ("then_if", "end")}
        told = {"variant": "E112.when", "hint": "E112.when.hint"}
        return structs.replace(wrong, values={**values, **words}, **told)
    if kind in ("access", "action") and _says(found.text, ("DUE",), context.dialect):
        words = {word: context.dialect.written[word.upper()] for word in ("by", "within", "on")}
        told = {"variant": "E112.due", "hint": "E112.due.hint"}
        return structs.replace(wrong, values={**values, **words}, **told)
    kinds = _elsewhere(stuck.lexemes, context) if mend else {}
    if 0 < len(kinds) <= _FEW:
        told = {"variant": "E112.elsewhere", "hint": "E112.elsewhere.hint"}
        values |= {"kinds": Terms(tuple(kinds)), "form": next(iter(kinds.values()))}
        return structs.replace(wrong, values=values, **told)
    if found.text in context.dialect.spellings and stuck.lexemes[0].kind == WORD:
        return wrong
    expected = syntax_errors.listed(stuck.expected, context.dialect, found.text)
    return syntax_errors.unexpected(context.source, found, found.span, expected)


def _says(word: str, terminals: tuple[str, ...], known: Dialect) -> bool:
    """True for the first word of one of the keywords, or of what people say for it."""
    meant = {words[0] for words, kind in known.instead if kind in terminals}
    return word in meant or any(word == known.written[one].split()[0] for one in terminals)


def _two_statements(stuck: StuckError, context: Context) -> Outcome | None:
    """A second statement on the line: read as if on a line of its own."""
    found = found_at(stuck)
    if found is None or stuck.at == 0 or END not in stuck.expected:
        return None
    second = context.start.replace("_head", "_line")
    begins = first_terminals(second).intersection(begun(stuck.lexemes[stuck.at :], context.dialect))
    # A branch that begins behind another word is a list of things to do at once.
    if begins <= {"AND_BRANCH"}:
        return None
    rest = read_statement(
        stuck.lexemes[stuck.at :], Context(context.source, context.dialect, second)
    )
    first = attempted(stuck.lexemes[: stuck.at], context)
    if not (rest.values and first.values):
        return None
    line_break = syntax_errors.inserted(
        context.source, "E111", found.span.start, ("\n  ", found.text), sure=True
    )
    return Outcome(
        first.values + rest.values,
        first.tokens + rest.tokens,
        _one_cause(line_break, rest.diagnostics),
    )


def _one_cause(first: Diagnostic, others: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """Several statements on one line are one error, with each place where a line should begin."""
    further = others[0] if others else None
    if further is None or further.code != "E111" or first.fix is None or further.fix is None:
        return (first, *others)
    edits = (*first.fix.edits, *further.fix.edits)
    fix = structs.replace(first.fix, title="E111.several.fix", edits=edits)
    whole = structs.replace(
        first, labels=first.labels + further.labels, fix=fix, variant="E111.several"
    )
    return (whole, *others[1:])
