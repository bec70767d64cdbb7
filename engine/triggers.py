"""Which rules an event concerns: found by the event's type and by what it is about.

A rulebook without rules has an empty index, and a step then costs one look into it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from dsl.expressions.tree import Expression
from dsl.expressions.uses import uses_of
from dsl.model import (
    Always,
    ItemOccurrence,
    Occurrence,
    OnApproval,
    OnCase,
    OnFact,
    OnItem,
    OnMoment,
    Require,
    Rule,
    Rulebook,
)
from dsl.types import Duration
from engine.events import (
    ApprovalBegun,
    ApprovalEnded,
    BecameOverdue,
    CaseClosed,
    CaseOpened,
    ContentProvided,
    DueChanged,
    Event,
    FactChanged,
    HandedOver,
    ItemApplies,
    ItemDone,
    ItemReady,
    ItemRefused,
    ItemsListed,
    ItemWaived,
    Moved,
    Named,
    RoleFilled,
    TimerFired,
)

Mode = Literal["event", "condition", "moment"]
OF_ITEMS: dict[ItemOccurrence, type[Event]] = {
    "refused": ItemRefused,
    "handed_over": HandedOver,
    "done": ItemDone,
    "waived": ItemWaived,
    "overdue": BecameOverdue,
}
CHANGES_OF_ITEMS: tuple[type[Event], ...] = (
    ItemsListed, ItemReady, ItemApplies, HandedOver, ItemRefused, ItemWaived, ItemDone,
    BecameOverdue, ContentProvided, DueChanged, Moved,
)  # fmt: skip
"""What can change an item's state or content; a token that passes an item by is `Moved`."""
DAY = "day"
ENDS = {"closes": "closed", "rejected": "rejected", "withdrawn": "withdrawn"}


class Listener(NamedTuple):
    """Something that a type of event concerns.

    Attributes:
        number: of the entry in `Triggers.entries`; entries act in that order.
        mode: it is the event, its condition may be another one now, or its moment may have moved.
        outcome: of the event, where only one concerns it.
    """

    number: int
    mode: Mode
    outcome: str | None = None


Key = tuple[type[Event], str | None]
"""A type of event and what it is about; None: whatever it is about."""


class Triggers:
    """The rules of a rulebook that act in cases, then what the audience is always told.

    Attributes:
        entries: in the order in which they act; `rules` are those of them that have an id.
        heard: the listeners of each type of event.
        late: the entries that act some time after an item's deadline, by item; None: any item.
        requires: a rule can make something wait for an approval.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        always = rulebook.audience.always if rulebook.audience else ()
        self.entries: tuple[Rule | Always, ...] = (*rulebook.rules, *always)
        self.rules = {rule.id: rule for rule in rulebook.rules}
        self.heard: dict[type[Event], dict[str | None, list[Listener]]] = {}
        self.late: dict[str | None, list[int]] = {}
        self.requires = any(
            isinstance(effect, Require) for rule in rulebook.rules for effect in rule.does
        )
        self.counts_days = any(
            rule.whenever is None and rule.watch is None and uses_of(rule.when).today
            for rule in rulebook.rules
        )
        for number, entry in enumerate(self.entries):
            for (kind, about), listener in self._listeners(number, entry):
                self.heard.setdefault(kind, {}).setdefault(about, []).append(listener)

    def late_for(self, item: str) -> list[int]:
        """The entries that act some time after the deadline of an item."""
        return [*self.late.get(item, ()), *self.late.get(None, ())]

    def lateness(self, number: int) -> Duration:
        """How long after an item's deadline an entry acts."""
        entry = self.entries[number]
        event = entry.event if isinstance(entry, Always) else entry.whenever
        assert isinstance(event, OnItem)
        assert event.by is not None
        return event.by

    def _listeners(self, number: int, entry: Rule | Always) -> Iterator[tuple[Key, Listener]]:
        if isinstance(entry, Always):
            yield from self._of_event(number, entry.event)
        elif entry.whenever is not None:
            yield from self._of_event(number, entry.whenever)
        elif entry.watch is None and entry.when is not None:
            listener = Listener(number, "condition")
            yield (CaseOpened, None), listener
            yield from ((key, listener) for key in _read(entry.when))

    def _of_event(self, number: int, event: Occurrence) -> Iterator[tuple[Key, Listener]]:
        heard = Listener(number, "event")
        match event:
            case OnItem(_, item, by) if by is not None:
                self.late.setdefault(item, []).append(number)
            case OnItem(what, item, _):
                yield (OF_ITEMS[what], item), heard
            case OnApproval(approval, outcome):
                yield (ApprovalEnded, approval), heard._replace(outcome=outcome)
            case OnFact(fact):
                yield (FactChanged, fact), heard
            case OnCase("opens"):
                yield (CaseOpened, None), heard
            case OnCase(what):
                yield (CaseClosed, None), heard._replace(outcome=ENDS[what])
            case OnMoment(moment):
                moved = Listener(number, "moment")
                yield (CaseOpened, None), moved
                yield from ((key, moved) for key in _read(moment))


def _read(expression: Expression) -> Iterator[Key]:
    """What can change the value of an expression."""
    uses = uses_of(expression)
    yield from ((FactChanged, fact) for fact in uses.facts)
    about: set[str | None] = {None} if uses.all_items else set(uses.items)
    for item in about:
        yield from ((kind, item if kind is not Moved else None) for kind in CHANGES_OF_ITEMS)
    for approval in uses.approvals:
        yield from ((kind, approval) for kind in (ApprovalEnded, ApprovalBegun))
    if uses.roles or uses.words:
        yield from ((kind, None) for kind in (Named, RoleFilled))
    if uses.today:
        yield (TimerFired, DAY)
