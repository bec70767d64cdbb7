"""Titles, channels and kinds: the words that every part of the model uses."""

from __future__ import annotations

from typing import Literal

Titles = dict[str, str]
"""Title per language code (`zh`, `en`); the first is the language that the rulebook is written in."""

Channel = Literal["sms", "email", "inbox", "dingtalk", "wecom", "feishu"]
TargetKind = Literal[
    "approval", "item", "gate", "action", "access", "document", "rule", "stage", "role", "content",
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

ItemState = Literal[
    "waiting", "open", "handed_over", "overdue", "done", "not_applicable", "waived", "refused"
]  # fmt: skip
"""What a scenario can expect of an item or a document; a refused one is open again."""
TaskState = Literal["open", "overdue", "done", "granted", "revoked"]
"""What a scenario can expect of an action or an access."""
StepWord = Literal["reached", "not_reached", "skipped"]
ApprovalEnd = Literal["approved", "rejected", "returned"]
RefusalWord = Literal["missing", "not_allowed", "too_early", "too_late", "invalid", "code"]
"""Why an act is refused, as a scenario says it; `code` names the refusal itself."""
