"""Repairs of lines that are phrased as in a letter: numbered, with two people to a step, due within a time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Value
from dsl.dialects import Dialect
from dsl.parser.amounts import plain
from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.lexemes import WORD, Lexeme, spaced
from dsl.parser.lexer import END, StuckError
from dsl.parser.signs import joins, lexemes_of
from dsl.parser.swaps import Swap, first_read
from dsl.source import Span
from dsl.syntax_errors import Found

_BULLETS = frozenset("-*+•·▪●○–—")
_DOTS = frozenset(("DOT", "COMMA", "RP"))


def unnumbered(lexemes: list[Lexeme], known: Dialect) -> list[Lexeme]:
    """The words of a line behind its number or bullet; all of them where it has none."""
    bullet = lexemes[0].text in _BULLETS
    opened = lexemes[0].kind == "LP"
    number, *rest = lexemes[opened:] or lexemes
    counted = number.kind == "NUMBER" or (number.kind == WORD and number.text in known.numbers)
    closed = bool(rest) and rest[0].kind in _DOTS
    if bullet or not (counted and closed):
        return lexemes[bullet:]
    return rest[1:]


def numbered(stuck: StuckError, context: Context) -> Outcome | None:
    """`1. step manager`: read without the number, which the order of the lines says anyway."""
    words = unnumbered(stuck.lexemes, context.dialect)
    if stuck.at > 0 or not words or len(words) == len(stuck.lexemes):
        return None
    read_so = attempted(words, context)
    was = stuck.lexemes[: len(stuck.lexemes) - len(words)]
    found = Found(spaced(was), Span(was[0].start, was[-1].end))
    wrong = syntax_errors.replaced(context.source, "E116", found, "")
    told = structs.replace(wrong, variant="E116.number")
    return read_so._replace(diagnostics=(told,)) if read_so.values else None


def several(stuck: StuckError, context: Context) -> Outcome | None:
    """`step manager and hr` is `step all of manager, hr`; with `or` and `/`, any of them."""
    return first_read(_deciders(stuck, context.dialect), stuck, context)


def _deciders(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    step, *words = stuck.lexemes
    if step.text != known.written["STEP"]:
        return
    last = next((at for at in range(1, len(words), 2) if not joins(words[at], known)), len(words))
    last -= last % 2 == 0
    links, names = words[1:last:2], words[:last:2]
    joints = {known.either(one.text) for one in links if one.kind != "COMMA"}
    # By commas alone, or by `and` and `or`, all of them may be meant or any: the choice is the writer's.
    if len(joints) != 1 or any(one.kind != WORD for one in names):
        return
    which = lexemes_of("ANY_OF" if True in joints else "ALL_OF", known, names[0])
    listed = [one._replace(kind="COMMA", text=",") if one in links else one for one in words[:last]]
    # Some write a stroke between two who both decide.
    sure = all(one.kind != "SLASH" for one in links)
    yield Swap(1, 1 + last, [*which, *listed], sure=sure)


def budget(lexemes: list[Lexeme], context: Context) -> Outcome | None:
    """`due within 3 days`: a length of time is no point in time, it is said with `within` alone."""
    known = context.dialect
    due, *words = lexemes
    if due.text != known.written["DUE"] or not words:
        return None
    limits = {known.written["WITHIN"], *(w[0] for w, kind in known.instead if kind == "WITHIN")}
    named = words[0].text in limits
    words = words[named:]
    end = next((end for end in known.within if words and words[-1].text.endswith(end)), "")
    if not (named or end) or not words:
        return None
    *before, last = words
    unit = last.text.removesuffix(end)
    said, is_fixed = plain([*before, last._replace(text=unit)] if unit else before, known)
    if not said or said[0].kind != "NUMBER":
        return None
    limit = due._replace(text=known.written["WITHIN"])
    swap = Swap(0, len(lexemes), [limit, *said], "E121.within", is_fixed)
    read_so = attempted(swap.on(lexemes), context)
    wrong = swap.told(lexemes, context)
    return read_so._replace(diagnostics=(wrong,)) if read_so.values else None


def alone(stuck: StuckError, context: Context) -> Outcome | None:
    """`to archive and hr`, where only one name stands. What is meant is not known: it is not read."""
    if context.start == "process_line":
        return None  # told with the things of a process
    around = stuck.lexemes[stuck.at - 1 : stuck.at + 2] if stuck.at > 0 else []
    names = [one for one in around[::2] if one.kind == WORD]
    if len(names) < len(("one", "other")) or not joins(around[1], context.dialect):
        return None
    rest = [*stuck.lexemes[: stuck.at], *stuck.lexemes[stuck.at + 2 :]]
    single = END in stuck.expected and "COMMA" not in stuck.expected
    if not single or not attempted(rest, context).values:
        return None
    values: dict[str, Value] = {"found": spaced(around), "name": names[0].text}
    place = Span(around[0].start, around[2].end)
    wrong = syntax_errors.error(context.source, "E102", place, values)
    told = structs.replace(wrong, variant="E102.one", hint="E102.one.hint")
    return Outcome((), stuck.tokens, (told,))


def reordered(stuck: StuckError, context: Context) -> Outcome | None:
    """`revoke from leaver on last_day`, `批准 A 由 R`: in the order in which the language says it."""
    said = chain(_orders(stuck.lexemes, context), _ends(stuck.lexemes, context.dialect))
    return first_read(said, stuck, context)


def _orders(lexemes: list[Lexeme], context: Context) -> Iterator[Swap]:
    known, first = context.dialect, lexemes[0]
    for terminal in ("REVOKE_ON", "GRANT_ON"):
        verb, *on = known.written[terminal].split()
        at = next((at for at, one in enumerate(lexemes[2:], 2) if [one.text] == on), None)
        if first.text == verb and at is not None:
            said = [first, *lexemes[at:], *lexemes[1:at]]
            yield Swap(0, len(lexemes), said, "E125", sure=False)
    if context.start == "sla_line" and "DUE_BEFORE" in known.written:
        yield from _rungs(lexemes, known)
    if context.start == "scenario_line":
        for at, one in enumerate(lexemes[2:-1], 2):
            if one.text == known.written["BY"]:
                said = [lexemes[at + 1], *lexemes[:at], *lexemes[at + 2 :]]
                yield Swap(0, len(lexemes), said, "E125", sure=False)


def _ends(lexemes: list[Lexeme], known: Dialect) -> Iterator[Swap]:
    """`从 A 到 B`: both words for one thing, told as one."""
    froms, tos = ({w for (w, *_), kind in known.instead if kind == end} for end in ("FROM", "TO"))
    if len(lexemes) != len(("from", "giver", "to", "receiver")):
        return
    first, giver, to, receiver = lexemes
    if first.text in froms and to.text in tos:
        said = [*lexemes_of("FROM", known, first), giver, *lexemes_of("TO", known, to), receiver]
        yield Swap(0, len(lexemes), said)


def _rungs(lexemes: list[Lexeme], known: Dialect) -> Iterator[Swap]:
    """`提前 3 天 提醒 R`, `逾期 后 1 天 升级 R`: the time stands behind who is told."""
    verbs = {known.written["REMIND"], known.written["ESCALATE_TO"]}
    at = next((at for at, one in enumerate(lexemes) if one.text in verbs), 0)
    number = next((at for at, one in enumerate(lexemes[:at]) if one.kind == "NUMBER"), at)
    channel = known.written["BY_CHANNEL"]
    end = next((n for n, one in enumerate(lexemes) if one.text == channel), len(lexemes))
    if not 0 < number < at < end:
        return
    early = any(known.written["EARLIER"] in one.text for one in lexemes[:at])
    due = lexemes_of("DUE_BEFORE" if early else "DUE_AFTER", known, lexemes[0])
    span = lexemes[number : number + 2]
    inbox = [*lexemes_of("BY_CHANNEL", known, lexemes[0]), *lexemes_of("INBOX", known, lexemes[0])]
    said = [*lexemes[at:end], *due, *span, *(lexemes[end:] or inbox)]
    yield Swap(0, len(lexemes), said, sure=False)
