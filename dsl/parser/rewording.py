"""Repairs of what people say in other words, in another order or in several words than the language does."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.cutting import TAILORING
from dsl.parser.grammar import is_type
from dsl.parser.lexemes import TEXT, WORD, Lexeme
from dsl.parser.lexer import StuckError
from dsl.parser.repairs import UNITS, leads, led
from dsl.parser.signs import lexemes_of, written
from dsl.parser.swaps import Swap, first_read

_LONGEST_NAME = 4
_MOST_MOVED = 8
_BEHIND_NAMES = frozenset(("EQ", "NE", "LT", "LE", "GT", "GE", "COMMA", "RP", "RB"))
_APOSTROPHES = ("'", "\u2019")


def unless(stuck: StuckError, context: Context) -> Outcome | None:
    """`unless level > 3`: a condition that is denied as a whole."""
    return first_read(_denials(stuck, context), stuck, context)


def _denials(stuck: StuckError, context: Context) -> Iterator[Swap]:
    known = context.dialect
    at = next((at for at, one in enumerate(stuck.lexemes) if one.text in known.unless), None)
    if at is None or at > stuck.at + 1:
        return
    here, before = stuck.lexemes[at], stuck.lexemes[:at]
    applies = lexemes_of("APPLIES_WHEN", known, here)
    leads_line = [one.text for one in before] in ([], [applies[0].text])
    when = applies if leads_line else lexemes_of("WHEN", known, here)
    opening = here._replace(kind="LP", text="(")
    closing = here._replace(kind="RP", text=")")
    for end in range(len(stuck.lexemes), at + 1, -1):
        inner = [opening, *stuck.lexemes[at + 1 : end], closing]
        said = [*when, *lexemes_of("NOT", known, here), *inner]
        yield Swap(0 if leads_line else at, end, said)


def between(stuck: StuckError, context: Context) -> Outcome | None:
    """`level between 3 and 5` is `level >= 3 and level <= 5`."""
    return first_read(_sides(stuck, context), stuck, context)


def _sides(stuck: StuckError, context: Context) -> Iterator[Swap]:
    known, at = context.dialect, stuck.at
    if not 0 < at < len(stuck.lexemes) or stuck.lexemes[at].text not in known.between:
        return
    here, first = stuck.lexemes[at], at - 1
    while first > 1 and stuck.lexemes[first - 1].kind == "DOT":
        first -= 2
    value, joins = stuck.lexemes[first:at], lexemes_of("AND", known, here)
    links = {
        known.written["AND"],
        *known.ranges,
        *(w[0] for w, kind in known.instead if kind == "COMMA"),
    }
    low, high = (here._replace(kind=kind, text=sign) for kind, sign in (("GE", ">="), ("LE", "<=")))
    for middle in range(at + 2, min(at + 4, len(stuck.lexemes))):
        if stuck.lexemes[middle].text not in links:
            continue
        for last, end in ((n, e) for n in (middle + 2, middle + 3) for e in (n, n + 1)):
            least, most = stuck.lexemes[at + 1 : middle], stuck.lexemes[middle + 1 : last]
            closing = stuck.lexemes[last:end]
            if all(one.text in known.between for one in closing):
                yield Swap(first, end, [*value, low, *least, *joins, *value, high, *most])


def possessive(stuck: StuckError, context: Context) -> Outcome | None:
    """`leaver's manager` is `manager of leaver`, and in a condition `leaver.manager`."""
    return first_read(_possessives(stuck, context), stuck, context)


def _possessives(stuck: StuckError, context: Context) -> Iterator[Swap]:
    at = stuck.at
    found = stuck.lexemes[at - 1 : at + 3] if at > 0 else []
    if [one.text for one in found[1:3]] not in ([sign, "s"] for sign in _APOSTROPHES):
        return
    owner, sign, _, *owned = found
    for what in owned:
        of = sign._replace(kind=WORD, text="of")
        yield Swap(at - 1, at + 3, [what, of, owner])
        for words, terminal in context.dialect.instead:
            if words == (what.text, "of"):
                said = lexemes_of(terminal, context.dialect, what)
                yield Swap(at - 1, at + 3, [*said, owner])
        yield Swap(at - 1, at + 3, [owner, sign._replace(kind="DOT", text="."), what])


def spaced_name(stuck: StuckError, context: Context) -> Outcome | None:
    """A name of several words, as `item project documents "Documents"`: read as one word."""
    found = first_read(_joined(stuck, context), stuck, context)
    return found or _spaced_head(stuck, context)


def _spaced_head(stuck: StuckError, context: Context) -> Outcome | None:
    """The line has other faults too: only the name before its title is reported, the line is left out."""
    end = next((at for at, one in enumerate(stuck.lexemes) if one.kind != WORD), 0)
    tailors = context.start.removesuffix("_head") in TAILORING.values()
    declares = context.start.endswith("_head") and not tailors and 0 < stuck.at < end
    if not declares or end < len(("item", "two", "words")) or stuck.lexemes[end].kind != TEXT:
        return None
    words = stuck.lexemes[1:end]
    name = Lexeme(WORD, "_".join(one.text for one in words), words[0].start, words[-1].end)
    wrong = Swap(1, end, [name], "E124", sure=False).told(stuck.lexemes, context)
    return Outcome((), stuck.tokens, (wrong,))


def _joined(stuck: StuckError, context: Context) -> Iterator[Swap]:
    declares = context.start.endswith("_head")
    if "COMMA" in stuck.expected and not declares:
        return
    for begin in range(max(stuck.at - 2, 1), stuck.at):
        for end in range(stuck.at + 1, min(begin + _LONGEST_NAME, len(stuck.lexemes)) + 1):
            words = stuck.lexemes[begin:end]
            # Elsewhere than before its title a keyword says that something is missing.
            titled = (
                declares and begin == 1 and stuck.lexemes[end:] and stuck.lexemes[end].kind == TEXT
            )
            plain = words[:1] if declares else words
            is_name = titled or not any(context.dialect.terminals(one.text) for one in plain)
            if is_name and all(one.kind == WORD for one in words):
                text = "_".join(one.text for one in words)
                name = Lexeme(WORD, text, words[0].start, words[-1].end)
                yield Swap(begin, end, [name], "E124", sure=False)


def noun(stuck: StuckError, context: Context) -> Outcome | None:
    """A unit or a type that people take into a name: `due last day`, `hire date > …`."""
    return first_read(_nouns(stuck, context), stuck, context)


def _nouns(stuck: StuckError, context: Context) -> Iterator[Swap]:
    for last in range(max(stuck.at - 1, 1), min(stuck.at + 1, len(stuck.lexemes))):
        first, word, *behind = stuck.lexemes[last - 1 : last + 2]
        kinds = context.dialect.terminals(word.text)
        is_noun = any(kind in UNITS or is_type(kind) for kind in kinds)
        ends = not behind or behind[0].kind in _BEHIND_NAMES
        if is_noun and ends and first.kind == WORD and not context.dialect.terminals(first.text):
            name = Lexeme(WORD, f"{first.text}_{word.text}", first.start, word.end)
            yield Swap(last - 1, last + 1, [name], "E124", sure=False)


def headless(stuck: StuckError, context: Context) -> Outcome | None:
    """The first keyword is missing before a name, and only one would do.

    A name with a title is more likely the head of a declaration.
    """
    first, *rest = stuck.lexemes
    if stuck.at > 0 or not rest or rest[0].kind == TEXT or first.kind != WORD:
        return None
    leading = leads(stuck.lexemes, context)
    return led(stuck, leading[0], context) if len(leading) == 1 else None


def swapped(stuck: StuckError, context: Context) -> Outcome | None:
    """The parts of a statement stand in another order: read in the one order that makes sense."""
    if stuck.at >= len(stuck.lexemes):
        return None
    read_so: dict[str, tuple[Swap, Outcome]] = {}
    for swap in _orders(stuck):
        lexemes = swap.on(stuck.lexemes)
        outcome = attempted(lexemes, context)
        if outcome.values and not _takes_for_name(outcome, context):
            read_so[written(lexemes)] = (swap, outcome)
    if len(read_so) != 1:
        return None
    ((swap, outcome),) = read_so.values()
    return outcome._replace(diagnostics=(swap.told(stuck.lexemes, context),))


def _takes_for_name(outcome: Outcome, context: Context) -> bool:
    """True if a keyword became a name by standing elsewhere."""
    return any(one.type == "NAME" and one in context.dialect.spellings for one in outcome.tokens)


def _orders(stuck: StuckError) -> Iterator[Swap]:
    """Two neighbouring parts around the place, each the other way round."""
    low, high = max(0, stuck.at - _MOST_MOVED), min(len(stuck.lexemes), stuck.at + _MOST_MOVED)
    for first, middle, last in combinations(range(low, high + 1), 3):
        if first <= stuck.at < last:
            said = [*stuck.lexemes[middle:last], *stuck.lexemes[first:middle]]
            yield Swap(first, last, said, "E125", sure=False)
