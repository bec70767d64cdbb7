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
_MOST = 2
"""Words of a thing that is named without its kind: its name, and what becomes of it (`boss approves`)."""
_SHAFTS = frozenset(("MINUS", "EQ"))


class _Chain(NamedTuple):
    """The things of a line: the words before them, those of each, and whether they follow each other."""

    lead: list[Lexeme]
    parts: list[list[Lexeme]]
    ordered: bool


def arrowed(stuck: StuckError, context: Context) -> Outcome | None:
    """`first approval a → items`: what follows each other has a line each."""
    chain = _chain(stuck.lexemes, context)
    early = chain and (has_arrow(stuck.lexemes) or _says_otherwise(chain, stuck.lexemes))
    return _told(chain, stuck, context) if chain and early else None


def unkinded(stuck: StuckError, context: Context) -> Outcome | None:
    """`then code, keys`: things by their names alone, or several in one line."""
    chain = _chain(stuck.lexemes, context)
    return _told(chain, stuck, context) if chain and chain.lead else None


def _says_otherwise(chain: _Chain, lexemes: list[Lexeme]) -> bool:
    """True of `finally pay`, which would be taken for a keyword with a slip in it."""
    return bool(chain.lead) and chain.lead[0].text != lexemes[0].text


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
    leads = _leads(known)
    kind = leads.get(lexemes[0].text)
    lead = [lexemes[0]._replace(text=known.written[kind])] if kind else []
    *_, together = known.written["THEN_TOGETHER"].split()
    words = [one for one in lexemes[len(lead) :] if one.text != together]
    parts = list(_parts(words, known))
    if len(parts) == 1 and len(words) < len(lexemes) - len(lead):
        parts = [[one] for one in words]
    # `a, then b` says an order as well.
    ordered = has_arrow(words) or any(part and part[0].text in leads for part in parts[1:])
    parts = [part[part[0].text in leads :] if part else part for part in parts]
    return _Chain(lead, parts, ordered) if all(parts) else None


def _leads(known: Dialect) -> dict[str, str]:
    """The words with which a thing of a process begins, and those that people say for them."""
    said = {words[0]: kind for words, kind in known.instead if not words[1:]}
    others = {word: kind for word, kind in said.items() if kind in ("FIRST", "THEN")}
    return others | {known.written[kind]: kind for kind in ("FIRST", "THEN")}


def _parts(words: list[Lexeme], known: Dialect) -> Iterator[list[Lexeme]]:
    """The words between the arrows, or between commas and words such as `and`."""
    arrows, at, part = has_arrow(words), 0, list[Lexeme]()
    while at < len(words):
        link = _arrow(words, at) if arrows else joins(words[at], known)
        if link:
            yield part
            part = []
        else:
            part.append(words[at])
        at += int(link) or 1
    yield part


def _told(chain: _Chain, stuck: StuckError, context: Context) -> Outcome | None:
    known, first = context.dialect, stuck.lexemes[0]
    then = [first._replace(kind=WORD, text=known.written["THEN"])]
    read_so = [attempted([*then, *part], context) for part in chain.parts]
    is_read = [bool(one.values) for one in read_so]
    unread = [part for part, whole in zip(chain.parts, is_read, strict=True) if not whole]
    bare = all(len(part) <= _MOST and {one.kind for one in part} == {WORD} for part in unread)
    if not bare or (len(chain.parts) == 1 and not unread):
        return None
    lines = list(_lines(chain, is_read, known))
    place = Span(first.start, stuck.lexemes[-1].end)
    values: dict[str, Value] = {
        "found": spaced(stuck.lexemes[len(chain.lead) :]),
        "lines": Terms(tuple(f"`{line}`" for line in lines)),
        "names": Terms(tuple(part[0].text for part in unread)),
        "dropped": sum(len(part) - 1 for part in unread),
        "expected": syntax_errors.listed(KINDS, known, most=len(KINDS)),
    }
    wrong = syntax_errors.error(context.source, "E102", place, values)
    if unread:
        return Outcome((), stuck.tokens, (structs.replace(wrong, variant="E102.things"),))
    flows = tuple(value for one in read_so for value in one.values if chain.ordered)
    tokens = tuple(token for one in read_so for token in one.tokens)
    told = in_lines(wrong, lines, sure=chain.ordered)
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
    if chain.ordered or len(things) == 1:
        yield from (f"{then if at else begin} {thing}" for at, thing in enumerate(things))
        return
    group = known.written["THEN_TOGETHER"] if begin == then else known.also["THEN_TOGETHER"]
    yield group
    for at, thing in enumerate(things):
        yield from (known.written["AND_BRANCH"],) if at else ()
        yield f"{first} {thing}"
    yield known.written["END"]
