"""What could be typed at a place of a text: keywords that the grammar takes, names that fit there.

Which names fit is asked of the compiler itself: a stand-in is written at the place, and what the
compiler says could stand there instead is the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dsl.dialects import NAMES, dialect
from dsl.parser.expecting import Expecting, expecting
from dsl.pipeline import Checker
from dsl.source import Source, of_text

STAND_IN = "zzq"
_NAME_BEFORE = re.compile(r"`?[\w\u0300-\u036f]*\Z")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"|“[^”]*”|「[^」]*」')
_OPENED = re.compile(r'[#＃"“「]')
_NAME_AFTER = re.compile(r"[\w\u0300-\u036f]*`?")


class Candidate(NamedTuple):
    """Something to type at a place. `kind` is keyword, or what the name names."""

    text: str
    kind: str


class Completion(NamedTuple):
    """What could stand from `start` to before `end` of the text."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def complete(source: Source, offset: int, checker: Checker) -> Completion:
    """The candidates at an offset: names first, then keywords; both in the text's dialect.

    Args:
        source: the text.
        offset: where the cursor stands, in code points.
        checker: checks the text with its stand-in; one for all questions makes them quick.
    """
    text = source.original
    typed = _NAME_BEFORE.search(text, text.rfind("\n", 0, offset) + 1, offset)
    start = offset if typed is None else typed.start()
    end = max((found.end() for found in [_NAME_AFTER.match(text, offset)] if found), default=offset)
    inside = _inside(text, start)
    if inside is not None:
        names = _names(source, (start, end), "", checker) if inside == "{" else ()
        return Completion(start, end, tuple(names))
    found = expecting(text[:start])
    if found is None:
        return Completion(start, end, ())
    named = "NAME" in found.terminals
    names = _names(source, (start, end), found.ending, checker) if named else ()
    keywords = () if text[start - 1 : start] == "." else _keywords(found)
    return Completion(start, end, (*names, *keywords))


def _inside(text: str, offset: int) -> str | None:
    """What an offset is in: a comment (`#`), a quoted text (`"`), a placeholder of one (`{`)."""
    line = text[text.rfind("\n", 0, offset) + 1 : offset]
    outside = _QUOTED.sub("", line)
    opened = _OPENED.search(outside)
    if opened is None:
        return None
    braces = outside[opened.end() :]
    if opened[0] in "#＃":
        return "#"
    return "{" if braces.rfind("{") > braces.rfind("}") else '"'


def _keywords(found: Expecting) -> Iterator[Candidate]:
    # The first word tells the dialect.
    known = (found.dialect,) if found.kind else tuple(map(dialect, NAMES))
    spelled = {
        one.written[kind] for one in known for kind in found.terminals if kind in one.written
    }
    yield from (Candidate(text, "keyword") for text in sorted(spelled) if not _is_sign(text))


def _is_sign(text: str) -> bool:
    return not any(char.isalnum() for char in text)


def _names(
    source: Source, place: tuple[int, int], ending: str, checker: Checker
) -> Iterator[Candidate]:
    """What the compiler would take for the stand-in: with the rest of the line, else without."""
    text, (start, end) = source.original, place
    stop = text.find("\n", end)
    stop = len(text) if stop < 0 else stop
    for form in (
        text[:start] + STAND_IN + text[end:],
        text[:start] + STAND_IN + ending + text[stop:],
    ):
        names = checker.check(of_text(source.name, form)).names
        known = {name.id: name.kind for name in (*names.declared, *names.uses)}
        for unknown in names.unknown:
            if unknown.span.start == start:
                for each in unknown.candidates:
                    yield Candidate(each, known.get(each, unknown.kind))
                return
