"""Reads one statement and, where it cannot be read, finds the cause and the smallest repair.

A repaired statement counts as read, so that one slip gives one error.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct, structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Term, Terms, Value
from dsl.dialects import Dialect
from dsl.parser.grammar import first_terminals, read
from dsl.parser.kids import NameToken
from dsl.parser.lexemes import QUOTED_NAME, STRAY, TEXT, UNCLOSED, WORD, Lexeme, pieces
from dsl.parser.lexer import END, StuckError
from dsl.parser.signs import insertable, with_sign
from dsl.source import Span
from dsl.syntax_errors import MAX_EXPECTED, Found

MAX_LEXEMES = 5000
MAX_MENDED = 200
"""A longer statement is not repaired."""
MAX_TRIES = 60
"""Of the possible repairs of a statement so many are tried."""

_LITERALS = frozenset(
    ("NAME", "TEXT", "NUMBER", "FRACTION", "DATE", "TIME", "PERCENT", "CURRENCY", END)
)


class Context(Struct, frozen=True):
    """Where a statement stands.

    Attributes:
        source: the name of the text.
        dialect: its words.
        base: offset of the part that the statement belongs to.
        start: the kind of line.
    """

    source: str
    dialect: Dialect
    base: int
    start: str


class Outcome(NamedTuple):
    """What a statement means (two values if two statements share a line), and its problems."""

    values: tuple[object, ...]
    tokens: tuple[NameToken, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def read_statement(lexemes: list[Lexeme], context: Context) -> Outcome:
    """Reads a statement. No values: it could not be read, and a diagnostic says why."""
    if len(lexemes) > MAX_LEXEMES:
        return _too_long(lexemes, context)
    try:
        return _read(lexemes, context)
    except StuckError as stuck:
        if len(lexemes) > MAX_MENDED:
            return Outcome((), stuck.tokens, (_cause(stuck, context),))
        return _as_names(stuck, context) or _repaired(stuck, context)


def _too_long(lexemes: list[Lexeme], context: Context) -> Outcome:
    span = Span(lexemes[0].start, lexemes[0].end)
    values: dict[str, Value] = {"count": len(lexemes), "limit": MAX_LEXEMES}
    return Outcome((), (), (syntax_errors.error(context.source, "E009", span, values),))


def _read(lexemes: list[Lexeme], context: Context, names: frozenset[int] = frozenset()) -> Outcome:
    found = read(context.start, lexemes, context.dialect, context.base, names)
    return Outcome((found.value,), found.tokens)


def _try(lexemes: list[Lexeme], context: Context, names: frozenset[int] = frozenset()) -> Outcome:
    """As `_read`, without values if it cannot be read."""
    try:
        return _read(lexemes, context, names)
    except StuckError:
        return Outcome((), ())


def _as_names(stuck: StuckError, context: Context) -> Outcome | None:
    """The keyword readings do not go on: the last word that can be a name instead is one."""
    tries = (_try(stuck.lexemes, context, frozenset((at,))) for at in reversed(stuck.kept[-8:]))
    return next((found for found in tries if found.values), None)


def _repaired(stuck: StuckError, context: Context) -> Outcome:
    for repair in (
        _unread, _stray, _unclosed, _doubled, _two_statements, _nameless, _respelt,
        _respelt_before, _quoted, _missing, _surplus, _lacking,
    ):  # fmt: skip
        found = repair(stuck, context)
        if found is not None:
            return found
    return Outcome((), stuck.tokens, (_cause(stuck, context),))


def _found(stuck: StuckError) -> Found | None:
    if stuck.at >= len(stuck.lexemes):
        return None
    lexeme = stuck.lexemes[stuck.at]
    return Found(lexeme.text, Span(lexeme.start, lexeme.end))


def _cause(stuck: StuckError, context: Context) -> Diagnostic:
    """The error of a statement that no repair makes readable."""
    found = _found(stuck)
    if stuck.at == 0 and found is not None:
        return _unknown_line(stuck, found, context)
    end = stuck.lexemes[-1].end
    expected = syntax_errors.listed(
        stuck.expected, context.dialect, None if found is None else found.text
    )
    return syntax_errors.unexpected(context.source, found, Span(end, end), expected)


def _unknown_line(stuck: StuckError, found: Found, context: Context) -> Diagnostic:
    known = context.dialect.spellings.get(found.text)
    if known is not None and stuck.lexemes[0].kind == WORD:
        begins = syntax_errors.listed(stuck.expected - _LITERALS, context.dialect, found.text)
        values: dict[str, Value] = {"found": found.text, "expected": begins}
        return syntax_errors.error(context.source, "E112", found.span, values)
    expected = syntax_errors.listed(stuck.expected, context.dialect, found.text)
    return syntax_errors.unexpected(context.source, found, found.span, expected)


def _unread(stuck: StuckError, context: Context) -> Outcome | None:
    """A clause of the language that this version does not read."""
    words = tuple(lexeme.text for lexeme in stuck.lexemes)
    for clause in context.dialect.unread_clauses:
        if words[: len(clause)] == clause:
            span = Span(stuck.lexemes[0].start, stuck.lexemes[len(clause) - 1].end)
            values: dict[str, Value] = {"word": " ".join(clause)}
            diagnostic = syntax_errors.error(context.source, "E107", span, values)
            return Outcome((), stuck.tokens, (diagnostic,))
    return None


def _stray(stuck: StuckError, context: Context) -> Outcome | None:
    """A character that the language does not use: taken out."""
    found = _found(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != STRAY:
        return None
    rest = _try(stuck.lexemes[: stuck.at] + stuck.lexemes[stuck.at + 1 :], context)
    shown = found._replace(
        text=found.text if found.text.isprintable() else f"U+{ord(found.text):04X}"
    )
    near = stuck.lexemes[stuck.at - 1 : stuck.at + 2]
    touching = len(near) > 2 and near[0].end == near[1].start and near[1].end == near[2].start  # noqa: PLR2004
    diagnostic = syntax_errors.replaced(context.source, "E008", shown, " " if touching else "")
    return rest._replace(diagnostics=(diagnostic,))


def _unclosed(stuck: StuckError, context: Context) -> Outcome | None:
    """A quote that is never closed: closed where the statement can then be read."""
    found = _found(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != UNCLOSED:
        return None
    lexeme = stuck.lexemes[stuck.at]
    before, after = stuck.lexemes[: stuck.at], stuck.lexemes[stuck.at + 1 :]
    close = {"「": "」", "“": "”"}.get(lexeme.text[0], lexeme.text[0])
    for at in _ends(lexeme.text):
        text = Lexeme("TEXT", lexeme.text[:at] + close, lexeme.start, lexeme.start + at)
        read_so = _try([*before, text, *pieces(lexeme, at), *after], context)
        if read_so.values:
            diagnostic = syntax_errors.inserted(
                context.source, "E105", text.end, close, lexeme.text[:at]
            )
            return read_so._replace(diagnostics=(diagnostic,))
    end = lexeme.start + len(lexeme.text.rstrip())
    diagnostic = syntax_errors.inserted(context.source, "E105", end, close, lexeme.text.rstrip())
    return Outcome((), stuck.tokens, (diagnostic,))


def _ends(text: str) -> list[int]:
    """Where a text may end: behind its last word, and behind each word before it."""
    text = text.rstrip()
    spaces = [at for at, char in enumerate(text) if at > 1 and char.isspace()]
    return [len(text), *reversed(spaces[-MAX_TRIES:])]


def _two_statements(stuck: StuckError, context: Context) -> Outcome | None:
    """A second statement on the line: read as if on a line of its own."""
    found = _found(stuck)
    if found is None or stuck.at == 0 or END not in stuck.expected:
        return None
    second = context.start.replace("_head", "_line")
    if not first_terminals(second).intersection(context.dialect.terminals(found.text)):
        return None
    rest = read_statement(
        stuck.lexemes[stuck.at :], Context(context.source, context.dialect, context.base, second)
    )
    first = _try(stuck.lexemes[: stuck.at], context)
    if not (rest.values and first.values):
        return None
    line_break = syntax_errors.inserted(
        context.source, "E111", found.span.start, "\n  ", found.text
    )
    return Outcome(
        first.values + rest.values, first.tokens + rest.tokens, (line_break, *rest.diagnostics)
    )


def _respelt(stuck: StuckError, context: Context) -> Outcome | None:
    """A misspelt keyword, or the word of the other dialect: read as the keyword."""
    found = _found(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != WORD:
        return None
    for code, kind in _meant(stuck, found.text, context.dialect):
        words = context.dialect.written[kind]
        lexeme = stuck.lexemes[stuck.at]
        meant = [lexeme._replace(text=word) for word in words.split()]
        for width in (1, min(len(meant), len(stuck.lexemes) - stuck.at)):
            after = stuck.lexemes[stuck.at + width :]
            read_so = _try([*stuck.lexemes[: stuck.at], *meant, *after], context)
            if read_so.values:
                last = stuck.lexemes[stuck.at + width - 1]
                text = " ".join(word.text for word in stuck.lexemes[stuck.at : stuck.at + width])
                whole = Found(text, Span(lexeme.start, last.end))
                diagnostic = syntax_errors.replaced(context.source, code, whole, words)
                return read_so._replace(diagnostics=(diagnostic,))
    return _suggested(stuck, found, context)


def _meant(stuck: StuckError, word: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    foreign = syntax_errors.foreign(word, stuck.expected, dialect)
    if foreign is not None:
        yield "E104", foreign
    following = stuck.lexemes[stuck.at + 1 : stuck.at + 3]
    for count in range(len(following), -1, -1):
        phrase = " ".join((word, *(lexeme.text for lexeme in following[:count])))
        close = syntax_errors.misspelt(phrase, stuck.expected, dialect)
        if close is not None:
            yield "E103", close


def _suggested(stuck: StuckError, found: Found, context: Context) -> Outcome | None:
    """The line has other faults too: only the keyword is reported, the line is left out."""
    for code, kind in _meant(stuck, found.text, context.dialect):
        written = context.dialect.written[kind]
        headlike = len(stuck.lexemes) > 1 and stuck.lexemes[1].kind == TEXT
        if stuck.at == 0 and " " not in written and not headlike:
            diagnostic = syntax_errors.replaced(context.source, code, found, written)
            return Outcome((), stuck.tokens, (diagnostic,))
    return None


def _quoted(stuck: StuckError, context: Context) -> Outcome | None:
    """A name from outside without its quotes: read as if quoted."""
    found = _found(stuck)
    wants_text = "TEXT" in stuck.expected and "NAME" not in stuck.expected
    if found is None or not wants_text or stuck.lexemes[stuck.at].kind != WORD:
        return None
    lexeme = stuck.lexemes[stuck.at]._replace(kind="TEXT", text=f'"{found.text}"')
    lexemes = [*stuck.lexemes[: stuck.at], lexeme, *stuck.lexemes[stuck.at + 1 :]]
    try:
        read_so: Outcome | None = _read(lexemes, context)
    except StuckError as further:
        read_so = _quoted(further, context) if further.at > stuck.at else None
    if read_so is None:
        return None
    diagnostic = syntax_errors.replaced(context.source, "E113", found, lexeme.text)
    return read_so._replace(diagnostics=(diagnostic, *read_so.diagnostics))


def _nameless(stuck: StuckError, context: Context) -> Outcome | None:
    """A name is missing, and the keyword behind it was taken for it; nothing can stand in for it."""
    for at in (stuck.at, stuck.at - 1):
        found = stuck.lexemes[at] if 0 < at < len(stuck.lexemes) else None
        if found is None or not _stands_for_name(stuck, at, context):
            continue
        name = Lexeme(QUOTED_NAME, "`x`", found.start, found.start)
        if _try([*stuck.lexemes[:at], name, *stuck.lexemes[at:]], context).values:
            there = Found(found.text, Span(found.start, found.end))
            diagnostic = syntax_errors.unexpected(
                context.source, there, there.span, Terms((Term("name"),))
            )
            return Outcome((), stuck.tokens, (diagnostic,))
    return None


def _stands_for_name(stuck: StuckError, at: int, context: Context) -> bool:
    """True if nothing but a name fits there, or if a keyword was read as one."""
    if at == stuck.at:
        return "NAME" in stuck.expected and stuck.expected <= _LITERALS
    lexeme = stuck.lexemes[at]
    return lexeme.kind == WORD and lexeme.text in context.dialect.spellings


def _respelt_before(stuck: StuckError, context: Context) -> Outcome | None:
    """A misspelt keyword that was taken for a name, so that the error shows only later."""
    for at in dict.fromkeys((max(stuck.at - 1, 0), 0)):
        lexeme = stuck.lexemes[at]
        if at >= stuck.at or lexeme.kind != WORD or lexeme.text in context.dialect.spellings:
            continue
        earlier = _stuck_at(stuck, at, context)
        found = None if earlier is None else _respelt(earlier, context)
        if found is not None and found.values:
            return found
    return None


def _stuck_at(stuck: StuckError, at: int, context: Context) -> StuckError | None:
    """As if an earlier lexeme could not be read: no lexeme of its kind ever can."""
    stray = stuck.lexemes[at]._replace(kind=STRAY)
    try:
        _read([*stuck.lexemes[:at], stray], context)
    except StuckError as earlier:
        earlier.lexemes = stuck.lexemes
        return earlier if earlier.at == at else None
    return None


def _missing(stuck: StuckError, context: Context) -> Outcome | None:
    """One word or sign is missing: read as if it were there, if only one makes sense."""
    place = stuck.lexemes[min(stuck.at, len(stuck.lexemes) - 1)]
    at = place.end if stuck.at >= len(stuck.lexemes) else place.start
    read_so = [
        (sign, outcome)
        for sign in insertable(stuck.expected, context.dialect)[:MAX_TRIES]
        if (outcome := _try(with_sign(stuck.lexemes, sign, (stuck.at, at)), context)).values
    ]
    if not read_so or stuck.at == 0:
        return None
    if len(read_so) > 1:
        return _one_of(stuck, [sign for sign, _ in read_so], context)
    sign, outcome = read_so[0]
    found = _found(stuck)
    if found is None:
        text, shown = sign if sign in "])" else f" {sign}", ""
        before = stuck.lexemes[-1].end
    else:
        text, shown = (f"{sign} ", found.text)
        before = found.span.start
        if sign in ",])":
            text, before = sign, stuck.lexemes[stuck.at - 1].end
    diagnostic = syntax_errors.inserted(context.source, "E114", before, text, shown)
    return outcome._replace(diagnostics=(diagnostic,))


def _one_of(stuck: StuckError, signs: list[str], context: Context) -> Outcome:
    """Several words would do, so the choice is the writer's."""
    place = stuck.lexemes[-1].end
    diagnostic = syntax_errors.unexpected(
        context.source, _found(stuck), Span(place, place), Terms(tuple(signs[:MAX_EXPECTED]))
    )
    return Outcome((), stuck.tokens, (diagnostic,))


def _lacking(stuck: StuckError, context: Context) -> Outcome | None:
    """What follows the first word needs another keyword before it, as several names do."""
    earlier = _stuck_at(stuck, 1, context) if stuck.at > 1 else None
    possible = frozenset() if earlier is None else earlier.expected - _LITERALS
    lexeme = stuck.lexemes[min(1, len(stuck.lexemes) - 1)]
    found = Found(lexeme.text, Span(lexeme.start, lexeme.end))
    words = [
        sign
        for sign in insertable(possible, context.dialect)[:MAX_TRIES]
        if _try(with_sign(stuck.lexemes, sign, (1, lexeme.start)), context).values
    ]
    if not words:
        return None
    wrong = syntax_errors.unexpected(context.source, found, found.span, Terms(tuple(words)))
    return Outcome((), stuck.tokens, (structs.replace(wrong, variant="E102.before"),))


def _doubled(stuck: StuckError, context: Context) -> Outcome | None:
    """The same word twice: read as if it stood there once."""
    words = stuck.lexemes[: stuck.at + 1]
    twice = (
        at
        for at in range(1, len(words))
        if words[at].text == words[at - 1].text and words[at].kind != "COMMA"
    )
    return next((found for at in twice if (found := _without(stuck, at, context))), None)


def _surplus(stuck: StuckError, context: Context) -> Outcome | None:
    """One word or sign too many: read as if it were not there."""
    return None if stuck.at == 0 else _without(stuck, stuck.at, context)


def _without(stuck: StuckError, at: int, context: Context) -> Outcome | None:
    read_so = _try([*stuck.lexemes[:at], *stuck.lexemes[at + 1 :]], context)
    if at >= len(stuck.lexemes) or not read_so.values:
        return None
    lexeme = stuck.lexemes[at]
    found = Found(lexeme.text, Span(lexeme.start, lexeme.end))
    diagnostic = syntax_errors.replaced(context.source, "E116", found, "")
    return read_so._replace(diagnostics=(diagnostic,))
