"""Versions, and the ranges of them that a rulebook can extend.

| written | met by |
|---|---|
| `1.4.2` | that version alone |
| `1.4.x` | every version that begins so |
| `1.x` | every version that begins so |
| `1.4.2..1.x` | of these the ones from 1.4.2 on |
| `1.4.2..1.9.0` | both ends and what is between |
"""

from __future__ import annotations

import re
from typing import NamedTuple

_NUMBER = r"(?:0|[1-9][0-9]{0,5})"
VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")
_OPEN = re.compile(rf"{_NUMBER}(?:\.{_NUMBER})?\.[xX]")

Version = tuple[int, ...]


class Range(NamedTuple):
    """From a version on, as long as a version's begin is not above the last one's."""

    first: Version
    last: Version

    def meets(self, version: Version) -> bool:
        """True if the version is in the range."""
        return self.first <= version and version[: len(self.last)] <= self.last


def version_of(text: str) -> Version | None:
    """The numbers of a version; None if the text is none."""
    return tuple(map(int, text.split("."))) if VERSION.fullmatch(text) else None


def range_of(text: str) -> Range | None:
    """A range; None if the text is none, or if nothing could ever be in it."""
    first, between, last = text.partition("..")
    if not between:
        begin = _begin(first)
        return None if begin is None else Range(begin, begin)
    low, high = version_of(first), _begin(last)
    if low is None or high is None or low[: len(high)] > high:
        return None
    return Range(low, high)


def _begin(text: str) -> Version | None:
    """What versions begin with: `1.x`, or all of it."""
    if _OPEN.fullmatch(text):
        return tuple(map(int, text.split(".")[:-1]))
    return version_of(text)
