"""Slips of the pen, made by rule: what somebody types wrong in a rulebook that was right.

A slip takes a text and a random source and gives the wrong text and the line (from 1) at which it
went wrong; None if the text has no place for it.
"""

import random
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dsl.dialects import dialect, other
from dsl.parser import tokens
from dsl.source import of_text

ROOT = Path(__file__).parents[2]
TEXTS = (
    *sorted((ROOT / "rulebooks").glob("*.rulebook")),
    *sorted((ROOT / "tests" / "cases" / "slips" / "texts").glob("*.rulebook")),
)
WIDE = {ord(char): ord(char) + 0xFEE0 for char in "0123456789"}
WIDE_SIGNS = {
    ",": "，",
    "=": "＝",
    "(": "（",
    "[": "【",
    "]": "】",
    ".": "．",
    ">": "＞",
    "%": "％",
}
UNITS = {
    "en": r"(?:working )?(?:days?|hours?)\b| [A-Z]{3}\b",
    "zh": r"个?(?:工作日|工时|小时|天)| [A-Z]{3}\b",
}
NOT_WORDS = {"TEXT", "NAME", "NUMBER", "DATE", "TIME", "COMMENT", "CURRENCY", "VERSION_NUMBER"}


class Slip(NamedTuple):
    """A wrong text and the line of the slip, from 1."""

    text: str
    line: int


@cache
def _tokens(text):
    return tokens(of_text("t", text))


def language(text):
    return "zh" if "规则书" in text else "en"


def deletion(text, chance):
    """One token is missing."""
    token = chance.choice([each for each in _tokens(text) if each.kind != "COMMENT"])
    return _cut(text, token.span.start, token.span.end, "")


def _cut(text, start, end, by):
    return Slip(text[:start] + by + text[end:], text.count("\n", 0, start) + 1)


def _at(text, chance, pattern, by):
    """A place of a pattern outside quotes and comments, replaced by what a function gives."""
    quoted = [match.span() for match in re.finditer(r'"[^"\n]*"|#[^\n]*', text)]
    found = [
        match
        for match in re.finditer(pattern, text, re.MULTILINE)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
    if not found:
        return None
    match = chance.choice(found)
    return _cut(text, *match.span(), by(match[0]))


def _token(text, chance, wanted, by):
    found = [token for token in _tokens(text) if wanted(token) and token.text != by(token)]
    if not found:
        return None
    token = chance.choice(found)
    return _cut(text, *token.span, by(token))


def _is_keyword(token):
    return token.kind not in NOT_WORDS and token.text[:1].isalpha()


def wide_digits(text, chance):
    return _at(text, chance, r"[0-9]+", lambda found: found.translate(WIDE))


def wide_signs(text, chance):
    return _at(text, chance, r"[,=(\[\].>%]", WIDE_SIGNS.__getitem__)


def _quote(text, chance, which):
    match = chance.choice(list(re.finditer(r'"[^"\n]+"', text)))
    at = match.start() if which == "left" else match.end() - 1
    return _cut(text, at, at + 1, "")


def no_left_quote(text, chance):
    return _quote(text, chance, "left")


def no_right_quote(text, chance):
    return _quote(text, chance, "right")


def mixed_quotes(text, chance):
    match = chance.choice(list(re.finditer(r'"[^"\n]+"', text)))
    left, right = chance.choice(["“”", '“"', '"”', "””", "「」", "””", "““"])
    return _cut(text, *match.span(), f"{left}{match[0][1:-1]}{right}")


def foreign_keyword(text, chance):
    words = dialect(language(text))

    def by(token):
        return other(words).written.get(token.kind, token.text)

    return _token(text, chance, _is_keyword, by)


def two_on_a_line(text, chance):
    return _at(text, chance, r"(?<=\S)\n +(?=\S)", lambda _: " ")


def no_unit(text, chance):
    pattern = rf"(?<=\d) ?(?:{UNITS[language(text)]})"
    return _at(text, chance, pattern, lambda _: "")


def colon(text, chance):
    return _token(text, chance, _is_keyword, lambda token: f"{token.text}{chance.choice(':：')}")


def tabs(text, chance):
    return _at(text, chance, r"(?<=\S) (?=\S)|^  ", lambda _: "\t")


def _misspelt(word, chance):
    letters = list(word)
    at = chance.randrange(len(letters) - 1)
    match chance.randrange(3):
        case 0:
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        case 1:
            del letters[at]
        case _:
            letters.insert(at, letters[at])
    return "".join(letters)


def misspelt_keyword(text, chance):
    made = {}

    def by(token):
        return made.setdefault(token.span, _misspelt(token.text, chance))

    return _token(text, chance, lambda token: _is_keyword(token) and len(token.text) > 1, by)


def misspelt_name(text, chance):
    made = {}

    def by(token):
        return made.setdefault(token.span, _misspelt(token.text, chance))

    return _token(text, chance, lambda token: token.kind == "NAME" and len(token.text) > 2, by)


def no_title(text, chance):
    return _at(text, chance, r'(?<=\w) "[^"\n]+"(?= )|(?<=\w) "[^"\n]+"$', lambda _: "")


def _lines(text, pattern):
    found = enumerate(text.split("\n"))
    return [number for number, line in found if re.fullmatch(pattern, line)]


def no_end(text, chance):
    """`end` of a group is forgotten; the group is seen at the line that opens it."""
    lines = text.split("\n")
    found = _lines(text, r" +(end|结束)")
    if not found:
        return None
    number = chance.choice(found)
    opening = r" +(then together|then if .*|再 同时|再 如果 .*)"
    opens = max(line for line in _lines(text, opening) if line < number)
    return Slip("\n".join([*lines[:number], *lines[number + 1 :]]), opens + 1)


def indentation(text, chance):
    lines = text.split("\n")
    number = chance.choice(_lines(text, r".*\S.*"))
    lines[number] = " " * chance.randrange(9) + lines[number].strip()
    return Slip("\n".join(lines), number + 1)


def trailing_comma(text, chance):
    lines = text.split("\n")
    number = chance.choice(_lines(text, r" +[^#]*[^#,\s]"))
    lines[number] += chance.choice([",", "，", "、"])
    return Slip("\n".join(lines), number + 1)


def pasted_twice(text, chance):
    lines = text.split("\n")
    number = chance.choice(_lines(text, r"\s*[^#\s].*"))
    return Slip("\n".join([*lines[: number + 1], *lines[number:]]), number + 2)


def pasted_table(text, chance):
    """The rows of a decision table as a spreadsheet gives them: cells between tabs."""
    lines = text.split("\n")
    rows = _lines(text, r" *\|.*\|")
    if not rows:
        return None
    first = last = chance.choice(rows)
    while first - 1 in rows:
        first -= 1
    while last + 1 in rows:
        last += 1
    for number in range(first, last + 1):
        cells = lines[number].strip().strip("|").split("|")
        lines[number] = "\t".join(cell.strip() for cell in cells)
    return Slip("\n".join(lines), first + 1)


HARMLESS = (wide_digits, tabs, indentation, pasted_table)
"""These are no slips to the language: nothing is said."""
SLIPS = (
    wide_digits,
    wide_signs,
    no_left_quote,
    no_right_quote,
    mixed_quotes,
    foreign_keyword,
    two_on_a_line,
    no_unit,
    colon,
    tabs,
    misspelt_keyword,
    misspelt_name,
    no_title,
    no_end,
    indentation,
    trailing_comma,
    pasted_twice,
    pasted_table,
)


def deletions(count, seed):
    """So many texts with one token missing, each beside the right one."""
    return _series([deletion], count, seed)


def mistakes(count, seed):
    """So many typing mistakes, each kind in turn, each beside the right text."""
    return _series(SLIPS, count, seed)


def _series(kinds, count, seed):
    chance = random.Random(seed)  # noqa: S311 (a repeatable series, no secret)
    texts = [path.read_text("utf-8") for path in TEXTS]
    made = []
    while len(made) < count:
        kind = kinds[len(made) % len(kinds)]
        text = chance.choice(texts)
        slip = kind(text, chance)
        if slip is not None:
            made.append((text, slip))
    return made
