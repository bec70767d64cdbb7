"""Repairs of a statement in which a word is spelt wrong or has lost its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Edit
from dsl.dialects import Dialect
from dsl.parser.amounts import amount
from dsl.parser.attempts import Context, Outcome, attempted, attempted_on, found_at, stuck_at
from dsl.parser.lexemes import STRAY, TEXT, UNCLOSED, WORD, Lexeme, scan, spaced
from dsl.parser.lexer import StuckError
from dsl.parser.needless import filler
from dsl.parser.parting import glued
from dsl.parser.signs import begun, lexemes_of, with_sign
from dsl.source import Span
from dsl.syntax_errors import Found

_NEAR = 8
_MOST_QUOTED = 3
_ALIKE = 0.5
_ALL_COUNT = frozenset(
    (
        "SIGNED_BY",
        "AFTER_ITEMS",
        "BEHIND",
        "ALL_OF",
        "COPIES_TO",
        "HOLDS",
        "RELEASES",
        "NOTIFY",
        "ALWAYS",
    )
)
"""Behind these a list names what counts all together."""


def respelt(stuck: StuckError, context: Context) -> Outcome | None:
    """A misspelt keyword, or the word of the other dialect: read as the keyword."""
    found = found_at(stuck)
    if found is None or stuck.lexemes[stuck.at].kind != WORD:
        return None
    for code, kind in _meant(stuck, found.text, context.dialect):
        words = context.dialect.written[kind]
        lexeme = stuck.lexemes[stuck.at]
        meant = [lexeme._replace(text=word) for word in words.split()]
        for width in (1, min(len(meant), len(stuck.lexemes) - stuck.at)):
            after = stuck.lexemes[stuck.at + width :]
            read_so = attempted([*stuck.lexemes[: stuck.at], *meant, *after], context)
            text = " ".join(word.text for word in stuck.lexemes[stuck.at : stuck.at + width])
            if read_so.values and (code == "E104" or _may_be_meant(text, words, context.dialect)):
                last = stuck.lexemes[stuck.at + width - 1]
                whole = Found(text, Span(lexeme.start, last.end))
                sure = code == "E104" or syntax_errors.is_clear(
                    text, stuck.expected, context.dialect
                )
                diagnostic = syntax_errors.replaced(context.source, code, whole, words, sure=sure)
                return read_so._replace(diagnostics=(diagnostic,))
    return _suggested(stuck, found, context)


def denied(stuck: StuckError, context: Context) -> Outcome | None:
    """`level not in [1, 2]`: the denial stands before what it denies."""
    at, no = stuck.at, context.dialect.written["NOT"]
    if not 0 < at < len(stuck.lexemes) or stuck.lexemes[at].kind != WORD:
        return None
    here = stuck.lexemes[at]
    what = context.dialect.denied(here.text)
    if what is None or (what and what not in context.dialect.spellings):
        return None
    rest = [here._replace(text=what)] if what else []
    for begin in range(at - 1, max(at - _NEAR, 0) - 1, -1):
        moved = [here._replace(text=no), *stuck.lexemes[begin:at], *rest]
        lexemes = [*stuck.lexemes[:begin], *moved, *stuck.lexemes[at + 1 :]]
        read_so = attempted(lexemes, context)
        if read_so.values:
            place = Span(stuck.lexemes[begin].start, stuck.lexemes[at].end)
            was = " ".join(one.text for one in stuck.lexemes[begin : at + 1])
            text = " ".join(one.text for one in moved)
            wrong = syntax_errors.replaced(context.source, "E103", Found(was, place), text)
            return read_so._replace(diagnostics=(structs.replace(wrong, variant="E103.instead"),))
    return None


def instead(stuck: StuckError, context: Context) -> Outcome | None:
    """Words that people write for something else, such as `is` for `=`: read as that."""
    here = tuple(lexeme.text for lexeme in stuck.lexemes[stuck.at :])
    for words, terminal in context.dialect.instead:
        if terminal not in stuck.expected or here[: len(words)] != words:
            continue
        first, last = stuck.lexemes[stuck.at], stuck.lexemes[stuck.at + len(words) - 1]
        meant = lexemes_of(terminal, context.dialect, first)
        after = stuck.lexemes[stuck.at + len(words) :]
        lexemes = [*stuck.lexemes[: stuck.at], *meant, *after]
        read_so = attempted_on(lexemes, context, _further, stuck.at)
        if read_so is not None:
            found = Found(
                ("" if first.kind == STRAY else " ").join(words), Span(first.start, last.end)
            )
            text = context.dialect.written.get(terminal) or meant[0].text
            sure = words != (",",)
            wrong = syntax_errors.replaced(context.source, "E103", found, text, sure=sure)
            wrong = structs.replace(wrong, variant=wrong.variant or "E103.instead")
            if terminal == "COMMA":
                wrong = _listed(wrong, stuck, last, context.dialect)
            return read_so._replace(diagnostics=(wrong, *read_so.diagnostics))
    return None


def _listed(wrong: Diagnostic, stuck: StuckError, last: Lexeme, known: Dialect) -> Diagnostic:
    """With a comma that touches the word before it; where it turns one of several into all, told so."""
    before = stuck.lexemes[: stuck.at]
    if wrong.fix is None or not before:
        return wrong
    edit = Edit(Span(before[-1].end, last.end), ",")
    fix = structs.replace(wrong.fix, edits=(edit,))
    if not (known.either(last.text) and _all_count(before, known)):
        return structs.replace(wrong, fix=fix)
    fix = structs.replace(fix, title="E103.either.fix", sure=False)
    return structs.replace(wrong, variant="E103.either", hint="E103.either.hint", fix=fix)


def _all_count(before: list[Lexeme], known: Dialect) -> bool:
    """True if all count that are listed, such as those who sign; of those who may start a process one is enough."""
    return any(_ALL_COUNT & begun(before[at:], known) for at in range(len(before)))


def _further(stuck: StuckError, context: Context) -> Outcome | None:
    return (
        instead(stuck, context)
        or amount(stuck, context)
        or filler(stuck, context)
        or glued(stuck, context)
    )


def unquoted(stuck: StuckError, context: Context) -> Outcome | None:
    """A name of the rulebook in quotes, behind a keyword: read without them."""
    found = found_at(stuck)
    if found is None or context.start.endswith("_head") or stuck.lexemes[stuck.at].kind != TEXT:
        return None
    lexeme = stuck.lexemes[stuck.at]
    word = lexeme.text[1:-1]
    if [(one.kind, one.text) for one in scan(word)] != [(WORD, word)]:
        return None
    bare = lexeme._replace(kind=WORD, text=word)
    lexemes = [*stuck.lexemes[: stuck.at], bare, *stuck.lexemes[stuck.at + 1 :]]
    read_so = attempted_on(lexemes, context, unquoted, stuck.at)
    if read_so is None:
        return None
    wrong = syntax_errors.replaced(context.source, "E123", found, word)
    return read_so._replace(diagnostics=(wrong, *read_so.diagnostics))


def respelt_before(stuck: StuckError, context: Context) -> Outcome | None:
    """A misspelt keyword that was taken for a name, so that the error shows only later."""
    for at in dict.fromkeys((max(stuck.at - 1, 0), 0)):
        lexeme = stuck.lexemes[at]
        earlier = stuck_at(stuck, at, context) if at < stuck.at and lexeme.kind == WORD else None
        if earlier is None:
            continue
        is_keyword = lexeme.text in context.dialect.spellings
        found = instead(earlier, context) or (None if is_keyword else respelt(earlier, context))
        if found is not None and found.values:
            return found
    return None


def quoted(stuck: StuckError, context: Context) -> Outcome | None:
    """A name from outside, a title or a reason without its quotes: read as if quoted."""
    wants_text = "TEXT" in stuck.expected and "NAME" not in stuck.expected
    words = stuck.lexemes[stuck.at :]
    if not (words and wants_text and words[0].kind == WORD) or _goes_on(stuck, context):
        return None
    for end in dict.fromkeys((*range(1, min(len(words), _MOST_QUOTED) + 1), len(words))):
        said = words[:end]
        text = Lexeme(TEXT, f'"{spaced(said)}"', said[0].start, said[-1].end)
        lexemes = [*stuck.lexemes[: stuck.at], text, *words[end:]]
        read_so = attempted_on(lexemes, context, quoted, stuck.at + 1)
        if read_so is not None and all(one.kind not in (TEXT, UNCLOSED) for one in said):
            found = Found(spaced(said), Span(text.start, text.end))
            # What stands before a title may be a part of the name.
            sure = not context.start.endswith("_head") or stuck.at > len(("item", "name"))
            wrong = syntax_errors.replaced(context.source, "E113", found, text.text, sure=sure)
            return read_so._replace(diagnostics=(wrong, *read_so.diagnostics))
    return None


def _goes_on(stuck: StuckError, context: Context) -> bool:
    """True if the word is the next name of a list that lacks its comma."""
    place = (stuck.at, stuck.lexemes[stuck.at].start)
    listed = "COMMA" in stuck.expected and stuck.lexemes[stuck.at - 1].kind == WORD
    return listed and bool(attempted(with_sign(stuck.lexemes, ",", place), context).values)


def _meant(stuck: StuckError, word: str, dialect: Dialect) -> Iterator[tuple[str, str]]:
    foreign = syntax_errors.foreign(word, stuck.expected, dialect)
    if foreign is not None:
        yield "E104", foreign
    following = stuck.lexemes[stuck.at + 1 : stuck.at + 3]
    for count in range(len(following), -1, -1):
        phrase = " ".join((word, *(lexeme.text for lexeme in following[:count])))
        close = syntax_errors.misspelt(phrase, stuck.expected, dialect)
        if close is not None and _may_be_meant(phrase, dialect.written[close], dialect):
            yield "E103", close


def _may_be_meant(word: str, written: str, dialect: Dialect) -> bool:
    """A word of the language is no other word misspelt, but it may be a part of one."""
    if word in dialect.spellings and word not in written.split() and written not in word:
        return False
    if (dialect.denied(word) is None) != (dialect.denied(written) is None):
        return False
    if len(word.split()) > len(written.split()) and set(written.split()) <= set(word.split()):
        # The keyword is there already, with a word too many before or behind it.
        return False
    pairs = list(zip(word.split(), written.split(), strict=False))
    same_count = len(word.split()) == len(written.split())
    return not same_count or all(SequenceMatcher(None, *pair).ratio() >= _ALIKE for pair in pairs)


def _suggested(stuck: StuckError, found: Found, context: Context) -> Outcome | None:
    """The line has other faults too: only the keyword is reported, the line is left out."""
    for code, kind in _meant(stuck, found.text, context.dialect):
        written = context.dialect.written[kind]
        headlike = len(stuck.lexemes) > 1 and stuck.lexemes[1].kind == TEXT
        if stuck.at == 0 and " " not in written and not headlike:
            diagnostic = syntax_errors.replaced(context.source, code, found, written, sure=False)
            return Outcome((), stuck.tokens, (diagnostic,))
    return None
