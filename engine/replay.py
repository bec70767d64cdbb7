"""Folding: the state of a case from its events, whether just decided or read back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from sys import intern

import msgspec

from engine.appliers import APPLIERS
from engine.events import EVENT_TYPES, Event
from engine.state import CaseState
from engine.store.port import StoredEvent


class UnknownEventError(ValueError):
    """An event of a type, version or shape that this release does not know: another one has written it."""


@cache
def _decoder(event_type: str, version: int) -> msgspec.json.Decoder[Event]:
    try:
        return msgspec.json.Decoder(EVENT_TYPES[event_type, version])
    except KeyError:
        raise UnknownEventError(f"{event_type} {version}") from None


def event_of(stored: StoredEvent) -> Event:
    """The event that a stored one carries."""
    try:
        return _decoder(stored.type, stored.version).decode(stored.data)
    except msgspec.ValidationError as error:
        where = f"{stored.stream}#{stored.sequence} {stored.type} {stored.version}"
        raise UnknownEventError(f"{where}: {error}") from error


def fold(state: CaseState, event: Event, at: datetime) -> None:
    """Let the state follow one event."""
    APPLIERS[type(event)](state, event, at)
    state.version += 1
    state.last_at = at


def replay(stored: Iterable[StoredEvent], state: CaseState | None = None) -> CaseState:
    """The state after the stored events, from nothing or from an earlier state (changed in place)."""
    state = state or CaseState()
    for one in stored:
        fold(state, event_of(one), one.occurred_at)
        if one.artefact:
            state.artefact = intern(one.artefact)
    return state
