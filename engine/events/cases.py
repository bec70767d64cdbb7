"""The case as a whole: opening, movement, facts, comments, end."""

from __future__ import annotations

from typing import Literal

from dsl.expressions.tree import Wire
from engine.events.shapes import Event
from engine.store.port import Sealed


class CaseOpened(Event, frozen=True):
    """A case began. `items` are the items that the process places, in order.

    `reopens` is the ended case that it takes up again, for `reason`; `beside` are the open cases of the
    same process about the same person that it stands beside, also for `reason`.
    """

    case: str
    rulebook: str
    rulebook_version: str
    process: str
    subject: str
    subject_name: str
    opener: str
    facts: dict[str, Wire]
    sealed: dict[str, Sealed]
    items: tuple[str, ...]
    reopens: str | None = None
    reason: str = ""
    beside: tuple[str, ...] = ()


class Moved(Event, frozen=True):
    """A token left a node. `skipped` are the items of a way that was not taken."""

    node: str
    to: tuple[str, ...]
    skipped: tuple[str, ...] = ()


class StageEntered(Event, frozen=True):
    """A stage began."""

    stage: str


class FactChanged(Event, frozen=True):
    """A fact has a new value. Private values are sealed and stand in neither `old` nor `new`.

    `before` is the content hash that approvers saw until now; `rule` is what has set it.
    """

    fact: str
    before: str
    person: str
    reason: str
    old: Wire = None
    new: Wire = None
    sealed: Sealed | None = None
    rule: str | None = None


class Commented(Event, frozen=True):
    """Somebody said something."""

    person: str
    text: str
    task: str | None = None


class CaseWithdrawn(Event, frozen=True):
    """The application was withdrawn."""

    person: str
    reason: str


class CaseClosed(Event, frozen=True):
    """A case ended."""

    outcome: Literal["closed", "rejected", "withdrawn", "cancelled"]


class AttemptRefused(Event, frozen=True):
    """Somebody tried to act beyond their authority. Lies in the stream `CASE/attempts`."""

    person: str
    command: str
    code: str
    values: dict[str, str]
    task: str | None = None
