"""Causes of delay: asked for when an item becomes overdue, stated, confirmed or refused."""

from __future__ import annotations

from engine.events.shapes import Event, Filled


class CauseAsked(Event, frozen=True):
    """Somebody must say why an item is late. `item` is its task; `filled` are the people of `role`."""

    task: str
    item: str
    role: str
    filled: Filled


class CauseStated(Event, frozen=True):
    """The cause of a delay was stated; the people of `role` must confirm it, or refuse to."""

    task: str
    person: str
    cause: str
    role: str
    filled: Filled


class CauseConfirmed(Event, frozen=True):
    """The stated cause was confirmed."""

    task: str
    person: str


class CauseRefused(Event, frozen=True):
    """The stated cause was not confirmed; another one is asked for."""

    task: str
    person: str
    reason: str


class CauseDropped(Event, frozen=True):
    """The item is late no longer, or no longer asked for, and nobody had stated a cause."""

    task: str
