"""Titles, channels and kinds: the words that every part of the model uses."""

from __future__ import annotations

from typing import Literal

Titles = dict[str, str]
"""Title per language code (`zh`, `en`); the first is the language that the rulebook is written in."""

Channel = Literal["sms", "email", "inbox", "dingtalk", "wecom", "feishu"]
TargetKind = Literal[
    "approval", "item", "gate", "action", "access", "document", "rule", "role", "content",
    "evidence",
]  # fmt: skip
DoKind = Literal[
    "approval", "items", "group", "item", "gate", "action", "access", "document", "process"
]  # fmt: skip
FollowUpKind = Literal["action", "access"]
Weekday = Literal[
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
]  # fmt: skip
HoldableKind = Literal["item", "action", "access", "document", "stage"]
"""What can be made to wait for an approval."""
ItemOccurrence = Literal["overdue", "refused", "handed_over", "done", "waived"]
"""What can happen to an item that rules listen to."""
