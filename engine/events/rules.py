"""What rules have done, and what the audience has kept back."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.model import Channel, HoldableKind
from engine.events.shapes import Event


class RuleActed(Event, frozen=True):
    """A rule came to act; `task` is the item that its event is about. What it did follows."""

    rule: str
    task: str | None = None


class RuleReset(Event, frozen=True):
    """A rule's condition is true no longer, so it acts again when it comes true."""

    rule: str


class RuleFailed(Event, frozen=True):
    """A rule could not do something.

    `too_late`: what should wait for an approval has happened; `no_value`: what should be set lacks
    a value; `bad_value`: the value is none of the fact's type.
    """

    rule: str
    why: Literal["too_late", "no_value", "bad_value"]
    about: str


class RulesHalted(Event, frozen=True):
    """More rules would have acted on one command than may."""

    left: int


class ApprovalRequired(Event, frozen=True):
    """Something waits for an approval; `begins`: which begins now."""

    rule: str
    approval: str
    kind: HoldableKind
    target: str
    begins: bool


class Noted(Event, frozen=True):
    """A rule put something on record."""

    rule: str
    text: str
    task: str | None = None


class Kept(Struct, frozen=True):
    """A person (`group`: of a group that is not told) or a role outside (`external`) not told."""

    who: str
    why: Literal["group", "external"]


class NoticeWithheld(Event, frozen=True):
    """The audience kept a notice from somebody."""

    reason: str
    channel: Channel
    kept: tuple[Kept, ...]
    task: str | None = None
    rule: str | None = None
