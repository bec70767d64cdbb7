"""Documents: drawn up, refused, done. A signature is applied as that of an item is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from engine.events import DocumentDone, DocumentOpened, DocumentRefused, Event
from engine.state import CaseState, DocumentTask


def document_opened(state: CaseState, event: DocumentOpened, at: datetime) -> None:
    """The document is with its signers."""
    state.add(
        DocumentTask(
            id=event.task,
            kind="document",
            ref=event.ref,
            opened_at=at,
            roles=dict(event.roles),
        )
    )


def document_refused(state: CaseState, event: DocumentRefused, at: datetime) -> None:
    """Whoever has signed signs anew."""
    del at
    task = state.tasks[event.task]
    assert isinstance(task, DocumentTask)
    task.signatures = ()
    task.round += 1
    state.join(event.person)


def document_done(state: CaseState, event: DocumentDone, at: datetime) -> None:
    """Signed by all."""
    state.change(state.tasks[event.task], "done", at)


APPLIERS: dict[type[Event], Callable[[CaseState, Any, datetime], None]] = {
    DocumentOpened: document_opened,
    DocumentRefused: document_refused,
    DocumentDone: document_done,
}
