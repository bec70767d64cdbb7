"""Repairs that put in what people do not say: a name before its title, `is` before who it is, `item` before its state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import structs

from dsl import syntax_errors
from dsl.dialects import Dialect
from dsl.parser.amounts import amount
from dsl.parser.attempts import Context, Outcome, attempted_on
from dsl.parser.lexemes import TEXT, WORD, Lexeme
from dsl.parser.lexer import StuckError
from dsl.parser.needless import filler
from dsl.parser.parting import glued
from dsl.parser.phrases import phrased
from dsl.parser.respelling import instead
from dsl.parser.signs import lexemes_of
from dsl.parser.swaps import Swap, first_read

_STATES = ("WAITING", "OPEN", "HANDED_OVER", "OVERDUE", "DONE", "NOT_APPLICABLE")
_LONGEST_ID = 4
"""Words of a title that make a name."""


def untitled(stuck: StuckError, context: Context) -> Outcome | None:
    """`item "Company car"`: a declaration with a title alone gets a name made of it."""
    if (
        stuck.at != 1
        or not context.start.endswith("_head")
        or len(stuck.lexemes) < len(("item", "t"))
    ):
        return None
    title = stuck.lexemes[1]
    name = _name(title) if title.kind == TEXT else None
    if name is None:
        return None
    read_so = attempted_on([stuck.lexemes[0], name, *stuck.lexemes[1:]], context, _further, 1)
    if read_so is None:
        return None
    said = (f"{name.text} ", title.text)
    wrong = syntax_errors.inserted(context.source, "E114", title.start, said)
    told = structs.replace(wrong, variant="E114.name", hint="E114.name.hint")
    return read_so._replace(diagnostics=(told, *read_so.diagnostics))


def options(stuck: StuckError, context: Context) -> Outcome | None:
    """`choice "1 month", "3 months"`: options are names, with what people read in quotes behind them."""
    return first_read(_options(stuck, context), stuck, context)


def _options(stuck: StuckError, context: Context) -> Iterator[Swap]:
    at = stuck.at
    choice = context.dialect.written["CHOICE"]
    before = [one.text for one in stuck.lexemes[:at]]
    if at >= len(stuck.lexemes) or stuck.lexemes[at].kind != TEXT or choice not in before:
        return
    end = next(
        (n for n, one in enumerate(stuck.lexemes) if n >= at and one.kind not in (TEXT, "COMMA")),
        len(stuck.lexemes),
    )
    said: list[Lexeme] = []
    for one in stuck.lexemes[at:end]:
        name = _name(one) if one.kind == TEXT else one
        if name is None:
            return
        titled = one.kind == TEXT and name.text != one.text[1:-1]
        said += [name, one] if titled else [name]
    yield Swap(at, end, said, "E123.options", sure=False)


def _name(title: Lexeme) -> Lexeme | None:
    """A name made of the words of a title; None if they make none."""
    words = re.findall(r"\w+", title.text[1:-1])[:_LONGEST_ID]
    lower = "_".join(words).lower()
    text = lower if lower.isascii() else "".join(words)
    text = f"_{text}" if text[:1].isdigit() else text
    found = re.fullmatch(r"[^\W\d]\w*", text)
    return title._replace(kind=WORD, text=text) if found else None


def is_not_said(stuck: StuckError, context: Context) -> Outcome | None:
    """`role successor "Successor" named by boss`: the word before who it is is put in, and the rest mended."""
    at, known = stuck.at, context.dialect
    if context.start != "role_head" or stuck.expected != {"IS"} or at >= len(stuck.lexemes):
        return None
    here = stuck.lexemes[at]
    rest = [*stuck.lexemes[:at], *lexemes_of("IS", known, here), *stuck.lexemes[at:]]
    read_so = attempted_on(rest, context, _further, at)
    if read_so is None or not read_so.values:
        return None
    said = (f"{known.written['IS']} ", here.text)
    wrong = syntax_errors.inserted(context.source, "E114", here.start, said)
    return read_so._replace(diagnostics=(wrong, *read_so.diagnostics))


def states(stuck: StuckError, context: Context) -> Outcome | None:
    """`until keys done and car is done`: what is in a state says of what kind it is."""
    item = context.dialect.written["ITEM"]
    said = list(_with_items(stuck.lexemes, context.dialect))
    swap = Swap(0, len(stuck.lexemes), said, sure=False)
    named = [one.text for one in said].count(item) > [one.text for one in stuck.lexemes].count(item)
    return first_read((swap,), stuck, context, _further) if named else None


def _with_items(lexemes: list[Lexeme], known: Dialect) -> Iterator[Lexeme]:
    """The words, with `item` before each bare name that a state follows, and without what people say between."""
    states_ = {known.written[one] for one in _STATES}
    equal, joint = _said_for("EQ", known), _said_for("AND", known)
    texts = [one.text for one in (*lexemes, *lexemes[-1:] * 2)]
    for at, one in enumerate(lexemes):
        before, behind, next_ = texts[at - 1] if at else "", texts[at + 1], texts[at + 2]
        if one.text in equal and behind in states_:
            continue
        follows = behind in states_ or (behind in equal and next_ in states_)
        named = known.terminals(before) and before not in joint
        is_kind = any(kind in ("ITEM", "APPROVAL") for kind in known.terminals(before)) and named
        if follows and one.kind == WORD and not known.terminals(one.text) and not is_kind:
            yield from lexemes_of("ITEM", known, one)
        yield from lexemes_of("AND", known, one) if one.text in joint else (one,)


def _said_for(terminal: str, known: Dialect) -> frozenset[str]:
    """Single words that people say for a keyword or a sign."""
    return frozenset(
        words[0] for words, kind in known.instead if kind == terminal and words[0].isalpha()
    )


def _further(stuck: StuckError, context: Context) -> Outcome | None:
    for repair in (instead, phrased, amount, filler, glued):
        found = repair(stuck, context)
        if found is not None and found.values:
            return found
    return None
