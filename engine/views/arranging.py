"""Sentences about who does a task in whose place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine.events import (
    ApproverAdded,
    ApproverRemoved,
    Claimed,
    Delegated,
    Event,
    Reassigned,
    Released,
    StandInEnded,
    Substituted,
)
from engine.views.reader import Reader
from engine.views.telling import Describe, Values, about_task, by_person, said


def _stands_in(reader: Reader, event: Delegated | Substituted | StandInEnded) -> Values:
    reason = said(reader, getattr(event, "reason", None))
    return {**by_person(reader, event), "to": reader.person(event.to), "reason": reason}


def _arranged(
    reader: Reader, event: Released | Reassigned | ApproverAdded | ApproverRemoved
) -> Values:
    to = getattr(event, "to", None)
    return {
        **about_task(reader, event),
        "person": reader.person(event.person) if event.person else "",
        "by": reader.person(event.by),
        "to": reader.person(to) if to else "",
        "reason": getattr(event, "reason", "") or "—",
    }


DESCRIBE: dict[type[Event], Describe] = {
    Claimed: by_person,
    Released: _arranged,
    Delegated: _stands_in,
    Substituted: _stands_in,
    StandInEnded: _stands_in,
    Reassigned: _arranged,
    ApproverAdded: _arranged,
    ApproverRemoved: _arranged,
}

VARIANTS: dict[type[Event], Callable[[Any], str]] = {
    Released: lambda event: "own" if event.by == event.person else "other",
    Reassigned: lambda event: "person" if event.person else "nobody",
    ApproverAdded: lambda event: event.place,
}
