"""Repairs of numbers, ranges and lengths of time that people say in other words.

`three days` has a number in words, `1-6` is a range with a hyphen, `within < 3 days` a limit with a sign before it,
`3 months` has a unit of no fixed length, and `5,000 元` and `2026/3/31` are written as on paper. Each is told with what
to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from msgspec import structs

from dsl import syntax_errors
from dsl.diagnostic import Value
from dsl.dialects import Dialect
from dsl.parser.attempts import Context, Outcome, attempted
from dsl.parser.lexemes import WORD, Lexeme, scan
from dsl.parser.lexer import StuckError
from dsl.parser.needless import filler
from dsl.parser.swaps import Swap, first_read
from dsl.source import Span

_DASHES = frozenset(("-", "~", "\u2013", "\u2014"))
_TEN = 10


def amount(stuck: StuckError, context: Context) -> Outcome | None:
    """A number, a range or a length of time in other words: read as what the language says."""
    return first_read(_swaps(stuck, context.dialect), stuck, context, _further)


def _further(stuck: StuckError, context: Context) -> Outcome | None:
    return amount(stuck, context) or filler(stuck, context)


def thousands(lexemes: list[Lexeme], context: Context) -> Outcome | None:
    """`5,000 CNY`, which could be read as two values: read as the one that people mean."""
    for at in range(1, len(lexemes) - 1):
        low, comma, high = lexemes[at - 1 : at + 2]
        touching = low.end == comma.start and comma.end == high.start
        if comma.kind != "COMMA" or not touching or {low.kind, high.kind} != {"NUMBER"}:
            continue
        after = lexemes[at + 2 : at + 3]
        is_money = bool(after) and re.fullmatch(r"[A-Z]{3}", after[0].text) is not None
        if len(high.text) == len("000") and (is_money or high.text[0] == "0"):
            number = Lexeme("NUMBER", low.text + high.text, low.start, high.end)
            last = at + 2 + is_money
            swap = Swap(at - 1, last, (number, *after[:is_money]), "E121.money")
            read_so = attempted(swap.on(lexemes), context)
            wrong = swap.told(lexemes, context)
            return read_so._replace(diagnostics=(wrong,)) if read_so.values else None
    return None


def either_day(stuck: StuckError, context: Context) -> Outcome | None:
    """`03/04/2026`, which is a day in April for some and in March for others: it is not read."""
    for begin in range(max(stuck.at - _LONGEST, 0), min(stuck.at + 1, len(stuck.lexemes))):
        was = stuck.lexemes[begin : begin + len(("3", "/", "4", "/", "2026"))]
        text = "".join(one.text for one in was)
        found = _SLASHED.fullmatch(text)
        if found is None or stuck.at >= begin + len(was):
            continue
        first, second = (
            f"{found['year']}-{int(found[month]):02}-{int(found[day]):02}"
            for month, day in (("two", "one"), ("one", "two"))
        )
        values: dict[str, Value] = {
            "found": text, "first": first, "second": second, "suggestion": "YYYY-MM-DD",
        }  # fmt: skip
        place = Span(was[0].start, was[-1].end)
        wrong = syntax_errors.error(context.source, "E121", place, values)
        told = structs.replace(wrong, variant="E121.dates", hint="E121.dates.hint")
        return Outcome((), stuck.tokens, (told,))
    return None


def plain(lexemes: Sequence[Lexeme], known: Dialect) -> tuple[list[Lexeme], bool]:
    """Numbers in digits and times in days, and whether they are as long as what was said."""
    words = [part for one in lexemes for part in _parted(one, known)]
    is_fixed = True
    for at, (number, unit) in enumerate(pairwise(words)):
        days = known.lengths.get(unit.text)
        if number.kind == "NUMBER" and days is not None:
            words[at] = number._replace(text=str(int(number.text) * days))
            words[at + 1] = unit._replace(text=known.written["DAYS"])
            is_fixed = False
    return words, is_fixed


def _swaps(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    if stuck.at < len(stuck.lexemes):
        yield from _ranged(stuck, known)
        yield from _unlimited(stuck, known)
        yield from _allowed(stuck, known)
        yield from _on_paper(stuck, known)
    yield from _counted(stuck, known)


def _ranged(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    """`1-6`, `1 to 6` or `1到6` where `1..6` belongs."""
    at, here = stuck.at, stuck.lexemes[stuck.at]
    if "RANGE" in stuck.expected and at > 0:
        word = next((each for each in known.ranges if here.text.startswith(each)), here.text)
        glued = list(scan(here.text.removeprefix(word)))
        behind = [here._replace(kind=one.kind, text=one.text) for one in glued]
        rest = [*behind, *stuck.lexemes[at + 1 : at + 2 - len(glued)]]
        if rest and (word in known.ranges or word in _DASHES):
            dots = here._replace(kind="RANGE", text="..")
            said = (stuck.lexemes[at - 1], dots, *rest)
            yield Swap(at - 1, at + 2 - len(glued), said, "E121")
    # `between 1 and 6`.
    ends = stuck.lexemes[at + 1 : at + 4]
    if here.text in known.between and "NUMBER" in stuck.expected and len(ends) > 2:  # noqa: PLR2004
        low, link, high = ends
        closed = [one.text in known.between for one in stuck.lexemes[at + 4 : at + 5]] == [True]
        dots = link._replace(kind="RANGE", text="..")
        yield Swap(at, at + 4 + closed, (low, dots, high), "E121")
    # `from 1 to 6`, of which the first word was taken for another one.
    words = stuck.lexemes[at - 1 : at + 3] if at > 0 else []
    texts = [one.text for one in words]
    if len(words) > 2 and texts[0] in known.ranges and texts[2] in known.ranges:  # noqa: PLR2004
        dots = words[2]._replace(kind="RANGE", text="..")
        yield Swap(at - 1, at + 3, (words[1], dots, *words[3:]), "E121")


def _unlimited(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    """`within < 3 days`, `within at most 3 days`."""
    here = stuck.lexemes[stuck.at]
    if "NUMBER" not in stuck.expected:
        return
    texts = tuple(one.text for one in stuck.lexemes[stuck.at :])
    signs = (words for words, kind in known.instead if kind in ("LT", "LE"))
    sign = next((words for words in signs if texts[: len(words)] == words), ())
    count = 1 if here.kind in ("LT", "LE") else len(sign)
    begin = stuck.at + count
    for last in (begin + 1, begin + 2) if count else ():
        words, is_fixed = plain(stuck.lexemes[begin:last], known)
        if len(words) > 1:
            yield Swap(stuck.at, last, words, "E121.limit", is_fixed)
            return


def _allowed(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    """`3天内` where `限 3 天` belongs."""
    first, *behind = stuck.lexemes[stuck.at : stuck.at + 3]
    # `三天内` is one word, `3天内` two.
    number, *glued = _parted(first, known)
    if "WITHIN" not in stuck.expected or number.kind != "NUMBER":
        return
    for count in range(not glued, len(behind) + 1):
        text = "".join(one.text for one in (*glued, *behind[:count]))
        unit = next((text.removesuffix(end) for end in known.within if text.endswith(end)), None)
        if unit:
            limit = number._replace(kind=WORD, text=known.written["WITHIN"])
            words, is_fixed = plain([number, number._replace(kind=WORD, text=unit)], known)
            last = stuck.at + 1 + count
            yield Swap(stuck.at, last, (limit, *words), "E121.within", is_fixed)


def _on_paper(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    """A date, a time of day or an amount as people write it by hand, the longest that there is."""
    for begin in range(max(stuck.at - 1, 0), stuck.at + 1):
        for end in range(min(begin + _LONGEST, len(stuck.lexemes)), begin, -1):
            was = stuck.lexemes[begin:end]
            text = "".join(one.text for one in was)
            for variant, form, write in _FORMS:
                found = form.fullmatch(text)
                meant = None if found is None else write(found, known)
                if meant is not None:
                    place = Span(was[0].start, was[-1].end)
                    words = (Lexeme(one.kind, one.text, *place) for one in scan(meant))
                    yield Swap(begin, end, tuple(words), f"E121.{variant}")


def _date(found: re.Match[str], _known: Dialect) -> str | None:
    return f"{found['year']}-{int(found['month']):02}-{int(found['day']):02}"


def _slashed(found: re.Match[str], _known: Dialect) -> str | None:
    """A date of which only one number can be the month; None if both can, or neither."""
    one, two = int(found["one"]), int(found["two"])
    if one != two and (one > _MONTHS) == (two > _MONTHS):
        return None
    month, day = (two, one) if one > _MONTHS else (one, two)
    return f"{found['year']}-{month:02}-{day:02}"


def _time(found: re.Match[str], _known: Dialect) -> str | None:
    hour = int(found["hour"])
    if not (found["early"] or found["half"]):
        return None
    late = found["half"] == "pm" or found["early"] in ("下午", "晚上")
    minute = "30" if found["half"] == "点半" else found["minute"] or "00"
    return f"{hour % 12 + 12 if late else hour:02}:{minute}"


def _version(found: re.Match[str], _known: Dialect) -> str | None:
    return f"{found['number']}{'.0' * (2 - found['number'].count('.'))}"


def _bound(found: re.Match[str], _known: Dialect) -> str | None:
    return f">= {found['number']}"


def _money(found: re.Match[str], known: Dialect) -> str | None:
    """`5,000`, `1万` and `元`; None if it is written like that already."""
    number = str(int(found["number"].replace(",", "")) * known.numbers.get(found["many"], 1))
    unit = known.currencies.get(found["unit"], found["unit"])
    same = number == found["number"] and unit == found["unit"]
    fits = unit in known.currencies.values() or re.fullmatch(r"(?:[A-Z]{3})?", unit)
    return None if same or not fits else f"{number} {unit}".rstrip()


def _signed(found: re.Match[str], known: Dialect) -> str | None:
    return f"{found['number'].replace(',', '')} {known.currencies[found['sign']]}"


_LONGEST = 6
_MONTHS = 12
_SLASHED = re.compile(r"(?P<one>\d{1,2})[/-](?P<two>\d{1,2})[/-](?P<year>\d{4})")
_TIME = re.compile(
    r"(?P<early>上午|早上|下午|晚上)?(?P<hour>\d{1,2})(?:[:点](?P<minute>\d\d))?(?P<half>am|pm|点半?|分)?"
)
_FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str], Dialect], str | None]], ...] = (
    (
        "date",
        re.compile(r"(?P<year>\d{4})[/.年](?P<month>\d{1,2})[/.月](?P<day>\d{1,2})日?"),
        _date,
    ),
    ("date", re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"), _date),
    ("date", _SLASHED, _slashed),
    ("version", re.compile(r"[vV](?P<number>\d+(?:\.\d+){0,2})"), _version),
    ("time", _TIME, _time),
    ("money", re.compile(r"(?P<sign>[¥￥$€£])(?P<number>\d[\d,]*)"), _signed),
    ("bound", re.compile(r"(?P<number>\d+)(?:\+|及?以上)"), _bound),
    (
        "money",
        re.compile(r"(?P<number>\d{1,3}(?:,\d{3})+|\d+)(?P<many>[百千万]?)(?P<unit>\w*)"),
        _money,
    ),
)
"""What people write by hand: its name, its form, and how the language has it."""


def _counted(stuck: StuckError, known: Dialect) -> Iterator[Swap]:
    """A number in words, a unit of no fixed length, or both."""
    begin, end = max(stuck.at - 1, 0), min(stuck.at + 2, len(stuck.lexemes))
    words, is_fixed = plain(stuck.lexemes[begin:end], known)
    while words and begin < end and words[0] == stuck.lexemes[begin]:
        begin, words = begin + 1, words[1:]
    # The unit behind the number is shown with it.
    units = {known.written["DAYS"], known.written["WEEKS"], known.written["HOURS"]}
    while len(words) > 1 and words[-1] == stuck.lexemes[end - 1] and words[-1].text not in units:
        end, words = end - 1, words[:-1]
    if words:
        code = "E121.number" if is_fixed else "E121.unit"
        yield Swap(begin, end, words, code, is_fixed)


def _parted(lexeme: Lexeme, known: Dialect) -> list[Lexeme]:
    """A word as it is, or around the number in it: `前三天` is `前`, `3`, `天`."""
    if lexeme.text in known.spans:
        return [
            lexeme._replace(kind=one.kind, text=one.text) for one in scan(known.spans[lexeme.text])
        ]
    words = sorted(known.numbers, key=len, reverse=True)
    one = "|".join(map(re.escape, words))
    whole = rf"(?:{one})" if lexeme.text.isascii() else rf"(?:{one})+"
    edge = r"^(?P<before>)" if lexeme.text.isascii() else r"^(?P<before>.*?)"
    rest = r"(?P<after>)$" if lexeme.text.isascii() else r"(?P<after>.*)$"
    found = re.match(f"{edge}(?P<number>{whole}){rest}", lexeme.text)
    if lexeme.kind != WORD or found is None:
        return [lexeme]
    number = _number(re.findall(one, found["number"]), known)
    texts = ((WORD, found["before"]), ("NUMBER", str(number)), (WORD, found["after"]))
    return [lexeme._replace(kind=kind, text=text) for kind, text in texts if text]


def _number(words: list[str], known: Dialect) -> int:
    """The number of some words: `十五` is ten and five, `三十` three tens."""
    whole, last = 0, 0
    for value in map(known.numbers.__getitem__, words):
        many = value >= _TEN and len(words) > 1
        whole, last = (whole + (last or 1) * value, 0) if many else (whole, last * _TEN + value)
    return whole + last
