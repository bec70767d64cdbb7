"""The repair of words that run together, as Chinese is typed: `由离职人移交给主管` lacks its spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from dsl import syntax_errors
from dsl.dialects import Dialect, DialectName, dialect
from dsl.parser.amounts import plain
from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.lexemes import WORD, Lexeme, scan
from dsl.parser.lexer import StuckError
from dsl.parser.signs import written
from dsl.source import Span
from dsl.syntax_errors import Found

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")


def glued(stuck: StuckError, context: Context) -> Outcome | None:
    """Words without spaces: read as if they stood apart, where that makes sense in one way."""
    for parted in _ways(stuck.lexemes, context):
        changed = [at for at, words in enumerate(parted) if len(words) > 1]
        lexemes = [word for words in parted for word in words]
        read_so = attempted(lexemes, context) if changed else Outcome((), ())
        if read_so.values:
            first, last = changed[0], changed[-1] + 1
            was = stuck.lexemes[first:last]
            found = Found(" ".join(one.text for one in was), Span(was[0].start, was[-1].end))
            meant = " ".join(word.text for words in parted[first:last] for word in words)
            wrong = syntax_errors.replaced(context.source, "E122", found, meant)
            return read_so._replace(diagnostics=(wrong,))
    return None


class Apart(NamedTuple):
    """Words that ran together, as the language writes them; `sure` if they mean the same."""

    text: str
    sure: bool


def apart(text: str, names: Iterable[str], known: Dialect) -> Apart | None:
    """A moment whose words run together with one of the names; None if no moment comes of it.

    `最后工作日前一天` is `最后工作日 前 1 天`, and `最后工作日当天` the day itself.
    """
    begun = (one for one in sorted(names, key=len, reverse=True) if text.startswith(one))
    for name in begun:
        rest = text.removeprefix(name)
        rest = rest.removesuffix(next((end for end in known.within if rest.endswith(end)), ""))
        if rest in known.fillers:
            return Apart(name, sure=True)
        parts = (part for one in scan(rest) for part in _parts(one, _forms(known.name)[0]))
        words, is_fixed = plain(list(parts), known)
        said = [Lexeme(WORD, name, 0, 0), *words]
        keywords = known.spellings.keys()
        if (
            rest.startswith(tuple(one for one in keywords if not one.isascii()))
            and attempted(said, Context("", known, "placeholder_line")).values
        ):
            return Apart(written(said), is_fixed)
    return None


def _ways(lexemes: list[Lexeme], context: Context) -> Iterator[list[list[Lexeme]]]:
    """The words parted at each keyword; then so that one keyword is a part of names."""
    for form in _forms(context.dialect.name):
        yield [list(_parts(one, form)) for one in lexemes]
    yield [list(_framed(one, context.dialect)) for one in lexemes]
    first = _forms(context.dialect.name)[0]
    found = dict.fromkeys(word for one in lexemes for word in first.findall(one.text))
    for word in list(found)[:_MOST]:
        form = re.compile(first.pattern.replace(f"({word}|", "(").replace(f"|{word}|", "|"))
        yield [list(_parts(one, form)) for one in lexemes]


def _framed(lexeme: Lexeme, known: Dialect) -> Iterator[Lexeme]:
    """A word parted behind the keyword that it begins with, around its number and before the keyword there.

    What stands between is a name, though there may be keywords in it: `截止最后工作日前5天`.
    """
    text, words = lexeme.text, [one for one in known.spellings if _HAN.match(one)]
    begin = max((len(one) for one in words if text.startswith(one)), default=0)
    name, *counted = re.split(r"(\d+)", text[begin:], maxsplit=1)
    end = max((len(one) for one in words if name.endswith(one)), default=0) if counted else 0
    pieces = (text[:begin], name[: len(name) - end], name[len(name) - end :], *counted)
    at = lexeme.start
    for piece in filter(None, pieces if lexeme.kind == WORD and begin else ()):
        kind = "NUMBER" if piece.isdigit() else WORD
        yield Lexeme(kind, piece, at, at + len(piece))
        at += len(piece)
    if at == lexeme.start:
        yield lexeme


_MOST = 12


@cache
def _forms(name: DialectName) -> tuple[re.Pattern[str], ...]:
    """Patterns of keywords and numbers; in Chinese all of them, and without those of one character.

    A short one is often a part of a name, as `人` of `离职人`. In English the first word is one.
    """
    known = dialect(name)
    words = {word for all_ in known.spellings.values() for one in all_ for word in one.words}
    ordered = sorted(words, key=len, reverse=True)
    latin = [word for word in ordered if word.isalpha() and word.isascii() and len(word) > 1]
    han = [word for word in ordered if _HAN.match(word) and word != known.written.get("PEOPLE")]
    kept = [some for some in (han, [word for word in han if len(word) > 1]) if some]
    first = f"^({'|'.join(map(re.escape, latin))})(?=[a-z])"
    return (
        *(re.compile(f"({'|'.join(map(re.escape, some))}|[0-9]+)") for some in kept),
        *(re.compile(some) for some in (first,) if latin),
    )


def _parts(lexeme: Lexeme, form: re.Pattern[str]) -> Iterator[Lexeme]:
    """The words in a word."""
    if lexeme.kind != WORD:
        yield lexeme
        return
    at = 0
    for part in form.split(lexeme.text):
        if part:
            kind = "NUMBER" if part.isdigit() else WORD
            yield Lexeme(kind, part, lexeme.start + at, lexeme.start + at + len(part))
        at += len(part)
