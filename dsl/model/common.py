"""Titles, channels, places: what every part of the model uses."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Titles = dict[str, str]
"""Title per language code (`zh`, `en`); the first is the language that the rulebook is written in."""

Channel = Literal["sms", "email", "inbox", "dingtalk", "wecom", "feishu"]
TargetKind = Literal[
    "approval", "item", "gate", "action", "access", "role", "content", "evidence"
]  # fmt: skip
DoKind = Literal["approval", "items", "group", "item", "gate", "action", "access"]


class Place(Struct, frozen=True):
    """Where something is written: layer, offsets (code points) and 1-based line and column."""

    source: str
    start: int
    end: int
    line: int
    column: int
