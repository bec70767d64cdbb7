"""Lines of a process with several things, or with things that do not say of what kind they are: `a → b`, `then ok`.

What kind a name is of no line shows by itself. Such a line is not read; `resolve.kinds` tells later what to
write, once all declarations are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Diagnostic, Edit, Fix, Terms, Value
from dsl.dialects import Dialect
from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.build_processes import KINDS
from dsl.parser.lexemes import WORD, Lexeme, spaced
from dsl.parser.lexer import StuckError
from dsl.parser.signs import joins, written
from dsl.source import Span

OPEN = "…"
"""Stands for the kind of a thing that is not said."""
_ARROWS = frozenset("→⇒➔➜⟶")
_SHAFTS = frozenset(("MINUS", "EQ"))


class _Chain(NamedTuple):
    """The things of a line: the words before them, those of each, and whether arrows part them."""

    lead: list[Lexeme]
    parts: list[list[Lexeme]]
    arrows: bool


def arrowed(stuck: StuckError, context: Context) -> Outcome | None:
    """`first approval a → items`: what follows each other has a line each."""
    chain = _chain(stuck.lexemes, context)
    return _told(chain, stuck, context) if chain and chain.arrows else None


def unkinded(stuck: StuckError, context: Context) -> Outcome | None:
    """`then code, keys`: things by their names alone, or several in one line."""
    chain = _chain(stuck.lexemes, context)
    return _told(chain, stuck, context) if chain and chain.lead else None


def has_arrow(words: Sequence[Lexeme]) -> bool:
    """True if an arrow stands between two of the words."""
    return any(_arrow(words, at) for at in range(1, len(words) - 1))


def _arrow(words: Sequence[Lexeme], at: int) -> int:
    """How many lexemes the arrow at a place has; 0 if there is none."""
    shaft, *head = words[at : at + 2]
    if shaft.text in _ARROWS:
        return 1
    touches = bool(head) and head[0].kind == "GT" and head[0].start == shaft.end
    return 2 if touches and shaft.kind in _SHAFTS else 0


def _chain(lexemes: list[Lexeme], context: Context) -> _Chain | None:
    """The parts of a line of a process; None if it is no such line or a part of it is empty."""
    if context.start != "process_line":
        return None
    known = context.dialect
    leads = {known.written["FIRST"], known.written["THEN"]}
    lead = lexemes[: lexemes[0].text in leads]
    parts: list[list[Lexeme]] = [[]]
    arrows, at = has_arrow(lexemes), len(lead)
    while at < len(lexemes):
        link = _arrow(lexemes, at) if arrows else joins(lexemes[at], known)
        if link:
            parts.append([])
        else:
            parts[-1].append(lexemes[at])
        at += int(link) or 1
    parts = [part[part[0].text in leads :] if part else part for part in parts]
    return _Chain(lead, parts, arrows) if all(parts) else None


def _told(chain: _Chain, stuck: StuckError, context: Context) -> Outcome | None:
    known, first = context.dialect, stuck.lexemes[0]
    then = [first._replace(kind=WORD, text=known.written["THEN"])]
    read_so = [attempted([*then, *part], context) for part in chain.parts]
    is_read = [bool(one.values) for one in read_so]
    unread = [part for part, whole in zip(chain.parts, is_read, strict=True) if not whole]
    bare = all(len(part) == 1 and part[0].kind == WORD for part in unread)
    if not bare or (len(chain.parts) == 1 and not unread):
        return None
    lines = list(_lines(chain, is_read, known))
    place = Span(first.start, stuck.lexemes[-1].end)
    values: dict[str, Value] = {
        "found": spaced(stuck.lexemes[len(chain.lead) :]),
        "lines": Terms(tuple(f"`{line}`" for line in lines)),
        "names": Terms(tuple(part[0].text for part in unread)),
        "expected": syntax_errors.listed(KINDS, known, most=len(KINDS)),
    }
    wrong = syntax_errors.error(context.source, "E102", place, values)
    if unread:
        return Outcome((), stuck.tokens, (structs.replace(wrong, variant="E102.things"),))
    flows = tuple(value for one in read_so for value in one.values if chain.arrows)
    tokens = tuple(token for one in read_so for token in one.tokens)
    told = in_lines(wrong, lines, sure=chain.arrows)
    read = structs.replace(told, hint="E102.kinds.hint" if flows else told.hint)
    return Outcome(flows, tokens, (read,))


def in_lines(wrong: Diagnostic, lines: Sequence[str], *, sure: bool) -> Diagnostic:
    """The error of a line of which it is known how it is said in lines of their own.

    Args:
        wrong: the error.
        lines: what to write.
        sure: they mean what the line means.
    """
    shown: dict[str, Value] = {"lines": Terms(tuple(f"`{line}`" for line in lines))}
    fix = Fix("E102.kinds.fix", (Edit(wrong.primary.span, "\n  ".join(lines)),), {}, sure)
    return structs.replace(wrong, variant="E102.kinds", values=wrong.values | shown, fix=fix)


def _lines(chain: _Chain, is_read: list[bool], known: Dialect) -> Iterator[str]:
    """The lines that say it; of things parted by commas, as a group."""
    first, then = known.written["FIRST"], known.written["THEN"]
    things = [
        written(part) if whole else f"{OPEN} {part[0].text}"
        for part, whole in zip(chain.parts, is_read, strict=True)
    ]
    begin = chain.lead[0].text if chain.lead else first
    if chain.arrows or len(things) == 1:
        yield from (f"{then if at else begin} {thing}" for at, thing in enumerate(things))
        return
    group = known.written["THEN_TOGETHER"] if begin == then else known.also["THEN_TOGETHER"]
    yield group
    for at, thing in enumerate(things):
        yield from (known.written["AND_BRANCH"],) if at else ()
        yield f"{first} {thing}"
    yield known.written["END"]
