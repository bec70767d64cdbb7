"""The filter of the board: words, and `name:value` or `due<3d`, all of which must fit.

A word fits what the row shows. Names are those of either language. What a person typed is compared as
text; it is never a pattern.
"""

from __future__ import annotations

import shlex
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import NamedTuple, get_args

from msgspec import Struct

from dsl.catalogue import LOCALES
from engine.rejection import PARTED, Refusal
from engine.texts import MESSAGES
from engine.views.board import BoardRow, Light

Test = Callable[[BoardRow, datetime], bool]


@cache
def _status(status: str) -> str:
    """A status by its id and by its word in either language: people filter by what they read."""
    return " ".join((status, *(MESSAGES.say(one, f"light.{status}") for one in LOCALES)))


FIELDS: dict[str, Callable[[BoardRow], str]] = {
    "id": lambda row: row.id,
    "name": lambda row: row.subject,
    "post": lambda row: row.post,
    "department": lambda row: row.department,
    "stage": lambda row: row.stage or "",
    "status": lambda row: _status(row.status),
    "rulebook": lambda row: row.rulebook,
    "for": lambda row: row.waits_for,
}
NAMES = {
    **{name: name for name in FIELDS},
    "编号": "id",
    "姓名": "name",
    "岗位": "post",
    "部门": "department",
    "阶段": "stage",
    "状态": "status",
    "规则书": "rulebook",
    "等待": "for",
    "due": "due",
    "期限": "due",
}
"""What may stand before a colon, and the field that it means."""
UNITS = {"d": 24 * 60, "天": 24 * 60, "h": 60, "小时": 60, "w": 7 * 24 * 60, "周": 7 * 24 * 60}
"""Units behind `due<`, in minutes."""


class _Word(NamedTuple):
    name: str
    sign: str
    value: str

    @classmethod
    def of(cls, text: str) -> _Word:
        for at, char in enumerate(text):
            if char in ":<>：":
                return cls(text[:at].casefold(), ":" if char == "：" else char, text[at + 1 :])
        return cls("", "", text)


class Filter(Struct, frozen=True):
    """A filter that was understood."""

    tests: tuple[Test, ...]
    words: tuple[_Word, ...] = ()

    def asks_only_for(self, status: Light) -> bool:
        """True if cases of that status are asked for by name, whatever else they are."""
        values = [one.value.casefold() for one in self.words if NAMES.get(one.name) == "status"]
        named = len(values) == len(self.words) > 0
        return named and all(one and one in _status(status) for one in values)

    def fits(self, row: BoardRow, now: datetime) -> bool:
        """True if every part of the filter fits the row."""
        return all(test(row, now) for test in self.tests)


def read_filter(text: str) -> Filter | Refusal:
    """A filter as typed; C140 for a name that no row has, C141 for a span that is none, C149 for no status."""
    tests: list[Test] = []
    words = tuple(_Word.of(word) for word in _words(text))
    for word in words:
        test = _test(word)
        if isinstance(test, Refusal):
            return test
        tests.append(test)
    return Filter(tuple(tests), words)


def _words(text: str) -> list[str]:
    """Parted by spaces; a quotation keeps its spaces, one that never ends goes to the end."""
    try:
        return shlex.split(text, posix=True)
    except ValueError:
        return text.replace('"', " ").replace("'", " ").split()


def _status_named(word: _Word) -> Test | Refusal:
    """A part of a word will do, as people see what fits while they type."""
    value = word.value.casefold()
    meant = [one for one in get_args(Light) if value in _status(one).casefold()]
    if not meant:
        known = PARTED.join(get_args(Light))
        return Refusal("C149", "invalid", {"value": word.value, "known": known})
    return lambda row, _now: row.status in meant


def _test(word: _Word) -> Test | Refusal:
    value = word.value.casefold()
    if not word.sign:
        return lambda row, _now: any(value in get(row).casefold() for get in FIELDS.values())
    name = NAMES.get(word.name)
    if name is None:
        known = PARTED.join(NAMES)
        return Refusal("C140", "invalid", {"name": word.name, "known": known})
    if name == "due":
        return _due(word)
    if name == "status":
        return _status_named(word)
    get = FIELDS[name]
    return lambda row, _now: value in get(row).casefold()


def _due(word: _Word) -> Test | Refusal:
    digits = "".join(char for char in word.value if char.isdecimal())
    minutes = UNITS.get(word.value.removeprefix(digits))
    if not digits or minutes is None or len(digits) > 4 or word.sign == ":":  # noqa: PLR2004 - years
        return Refusal("C141", "invalid", {"value": f"{word.name}{word.sign}{word.value}"})
    span = timedelta(minutes=int(digits) * minutes)

    def fits(row: BoardRow, now: datetime) -> bool:
        if row.next_due is None:
            return False
        return row.next_due < now + span if word.sign == "<" else row.next_due > now + span

    return fits
