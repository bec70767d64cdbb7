"""What has happened in the cases since a moment: for what moves them without a command of their own."""

from __future__ import annotations

from cli.workplace import Workplace
from engine.replay import event_of
from engine.store.port import StoredEvent
from engine.views.sentences import told
from engine.views.timeline import timeline

Found = dict[str, list[StoredEvent]]
"""Events by case, in the order in which the cases were moved."""


def consequences(place: Workplace, after: int) -> Found:
    """The events of every case behind a position of the ledger, or of the draft."""
    found: Found = {}
    for event in place.service.store.changes(after=after):
        if place.service.cases.exists(event.stream):
            found.setdefault(event.stream, []).append(event)
    return found


def counts(found: Found) -> dict[str, int]:
    """How many events each case has had."""
    return {case: len(events) for case, events in found.items()}


def tell_cases(place: Workplace, found: Found) -> None:
    """Each case with how much people are told; in a sandbox, where anybody may be anyone, also what."""
    output = place.output
    for case, events in found.items():
        count = sum(1 for _ in told(events, event_of))
        output.line(
            output.say("advance.case" if count else "advance.inner", case=case, count=count)
        )
        scope = place.service.scope(case) if place.workspace.settings.sandbox else None
        if scope is not None:
            for entry in timeline(place.read(scope), events):
                output.line(f"  {place.local(entry.at)}  {entry.text}")
