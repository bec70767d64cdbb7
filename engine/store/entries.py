"""Transactions as they are stored: events placed and chained, one JSON payload each."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from msgspec import Raw, Struct, json

from engine.store.port import Draft, RowChange, StoredEvent, Transaction

_OPENING = b'{"events":['


class Place(Struct, frozen=True, gc=False):
    """Where an event stands, read from its stored bytes without the rest."""

    stream: str
    sequence: int
    position: int


class Entry(Struct, frozen=True):
    """A transaction as it lies in a payload. `events` are the exact stored bytes."""

    command_id: str
    places: tuple[Place, ...]
    events: tuple[bytes, ...]
    rows: tuple[RowChange, ...]
    payload: bytes

    @property
    def first_offset(self) -> int:
        """Where the first event begins in the payload; the others follow behind one comma each."""
        return len(_OPENING)


class _Payload(Struct, frozen=True):
    events: tuple[Raw, ...]
    command: str
    rows: tuple[RowChange, ...]


_encoder = json.Encoder()
_payloads = json.Decoder(_Payload)
_places = json.Decoder(Place)
_events = json.Decoder(StoredEvent)

Head = Callable[[str], tuple[int, str]]
"""A stream's version and the hash of its last event."""


def place(transaction: Transaction, position: int, head: Head) -> Entry:
    """Give the drafts their sequence, position and chain. `ValueError` if their data are not JSON."""
    heads: dict[str, tuple[int, str]] = {}
    places: list[Place] = []
    events: list[bytes] = []
    for draft in transaction.events:
        version, previous = heads.get(draft.stream) or head(draft.stream)
        where = Place(draft.stream, version + 1, position + len(events) + 1)
        stored = _encoder.encode(_stored(draft, where, previous))
        heads[draft.stream] = where.sequence, hash_of(stored)
        places.append(where)
        events.append(stored)
    command, rows = _encoder.encode(transaction.command_id), _encoder.encode(transaction.rows)
    payload = b'%s%s],"command":%s,"rows":%s}' % (_OPENING, b",".join(events), command, rows)
    # Decoded again, so that the tables never share an object with the caller.
    own = _payloads.decode(payload).rows
    return Entry(transaction.command_id, tuple(places), tuple(events), own, payload)


def _stored(draft: Draft, where: Place, previous: str) -> StoredEvent:
    return StoredEvent(
        stream=draft.stream,
        sequence=where.sequence,
        position=where.position,
        type=draft.type,
        version=draft.version,
        occurred_at=draft.occurred_at,
        recorded_at=draft.recorded_at,
        actor=draft.actor,
        authenticated=draft.authenticated,
        host=draft.host,
        command_id=draft.command_id,
        previous=previous,
        data=draft.data,
        on_behalf_of=draft.on_behalf_of,
        cause=draft.cause,
        artefact=draft.artefact,
    )


def unpack(payload: bytes) -> Entry:
    """The transaction in a payload. `ValueError` (msgspec's are) if it is not one."""
    read = _payloads.decode(payload)
    events = tuple(bytes(event) for event in read.events)
    places = tuple(_places.decode(event) for event in events)
    return Entry(read.command, places, events, read.rows, payload)


def event_of(stored: bytes) -> StoredEvent:
    """The event in its stored bytes."""
    return _events.decode(stored)


def hash_of(stored: bytes) -> str:
    """SHA-256 of an event's exact stored bytes, hexadecimal."""
    return sha256(stored).hexdigest()
