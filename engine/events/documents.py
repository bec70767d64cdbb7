"""Documents: drawn up, signed (`Signed`), refused, done."""

from __future__ import annotations

from engine.events.shapes import Event, Filled


class DocumentOpened(Event, frozen=True):
    """A document waits for its signers. `roles`: role → people."""

    task: str
    ref: str
    roles: dict[str, Filled]


class DocumentRefused(Event, frozen=True):
    """A signer refused a document; the signatures so far are void, it is with all of them again."""

    task: str
    person: str
    reason: str


class DocumentDone(Event, frozen=True):
    """Every signer has signed."""

    task: str
