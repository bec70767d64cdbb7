"""Markdown for merge requests: what somebody typed is a piece of code, inert on every host.

An escaped sign is not enough: hosts look for names to call and things to link in what is left after
escapes are read. In pieces of code they do not look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from dsl.visible import visible


def code(text: str) -> str:
    """A piece of code in a line."""
    text = visible(text)
    quotes = "`" * (_longest_run(text) + 1)
    room = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{quotes}{room}{text}{room}{quotes}"


def fenced(lines: Iterable[str], language: str) -> list[str]:
    """Lines as a block of code."""
    shown = [visible(line) for line in lines]
    fence = "`" * max(3, _longest_run("\n".join(shown)) + 1)
    return [f"{fence}{language}", *shown, fence]


def _longest_run(text: str) -> int:
    """So many back quotes stand together at most."""
    return max(map(len, re.findall("`+", text)), default=0)
