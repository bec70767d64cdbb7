"""Transactions as they are stored: acts placed and chained, one JSON payload each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256

from msgspec import Raw, Struct, json

from engine.store.port import RowChange, StoredAct, StoredEvent, Transaction

_OPENING = b'{"acts":['


class Place(Struct, frozen=True, gc=False):
    """Where an act stands: the numbers of its first event, and how many it has."""

    stream: str
    sequence: int
    position: int
    count: int


class Entry(Struct, frozen=True, gc=False):
    """A transaction as it lies in a payload.

    Attributes:
        acts: the exact stored bytes.
        heads: the hash of each stream's last act, where the entry was made here.
    """

    command_id: str
    places: tuple[Place, ...]
    acts: tuple[bytes, ...]
    rows: tuple[RowChange, ...]
    heads: dict[str, str] = {}


class _Payload(Struct, frozen=True):
    acts: tuple[Raw, ...]
    command: str
    rows: tuple[RowChange, ...]


class _OnlyActs(Struct, frozen=True):
    acts: list[Raw]


class _Header(Struct, frozen=True):
    """What tells an act's place, read from its stored bytes without the rest."""

    stream: str
    sequence: int
    position: int
    events: list[Raw]


_encoder = json.Encoder()
_payloads = json.Decoder(_Payload)
_only_acts = json.Decoder(_OnlyActs)
_headers = json.Decoder(_Header)
_acts = json.Decoder(StoredAct)

FIRST_OFFSET = len(_OPENING)
"""Where the first act begins in a payload; the others follow behind one comma each."""
Head = Callable[[str], tuple[int, str]]
"""A stream's version and the hash of its last act."""


def place(transaction: Transaction, position: int, head: Head) -> Entry:
    """Give the acts their sequence, position and chain. `TypeError` if their data are not JSON."""
    versions: dict[str, int] = {}
    heads: dict[str, str] = {}
    places: list[Place] = []
    acts: list[bytes] = []
    for act in transaction.acts:
        stream = act.stream
        if stream not in heads:
            versions[stream], heads[stream] = head(stream)
        version = versions[stream]
        stored = _encoder.encode(
            StoredAct(
                stream,
                version + 1,
                position + 1,
                act.occurred_at,
                act.recorded_at,
                act.actor,
                act.authenticated,
                act.host,
                transaction.command_id,
                heads[stream],
                act.events,
                act.on_behalf_of,
                transaction.digest,
                act.artefact,
            )
        )
        count = len(act.events)
        places.append(Place(stream, version + 1, position + 1, count))
        acts.append(stored)
        versions[stream], heads[stream] = version + count, hash_of(stored)
        position += count
    return Entry(transaction.command_id, tuple(places), tuple(acts), transaction.rows, heads)


def pack(entry: Entry) -> bytes:
    """The payload of an entry."""
    command, rows = _encoder.encode(entry.command_id), _encoder.encode(entry.rows)
    return b'%s%s],"command":%s,"rows":%s}' % (_OPENING, b",".join(entry.acts), command, rows)


def unpack(payload: bytes) -> Entry:
    """The transaction in a payload. `ValueError` (msgspec's are) if it is not one."""
    read = _payloads.decode(payload)
    acts = tuple(bytes(act) for act in read.acts)
    return Entry(read.command, tuple(_place(act) for act in acts), acts, read.rows)


def _place(act: bytes) -> Place:
    head = _headers.decode(act)
    return Place(head.stream, head.sequence, head.position, len(head.events))


def act_of(stored: bytes) -> StoredAct:
    """The act in its stored bytes."""
    return _acts.decode(stored)


def events_of(act: StoredAct) -> Iterator[StoredEvent]:
    """The events of an act, each in the act's envelope."""
    for index, event in enumerate(act.events):
        yield StoredEvent(
            stream=act.stream,
            sequence=act.sequence + index,
            position=act.position + index,
            type=event.type,
            version=event.version,
            occurred_at=act.occurred_at,
            recorded_at=act.recorded_at,
            actor=act.actor,
            authenticated=act.authenticated,
            host=act.host,
            command_id=act.command_id,
            previous=act.previous,
            data=event.data,
            on_behalf_of=act.on_behalf_of,
            digest=act.digest,
            artefact=act.artefact,
        )


def acts_in(payload: bytes) -> list[Raw]:
    """The stored bytes of the acts in a payload that has been checked."""
    return _only_acts.decode(payload).acts


def hash_of(stored: bytes) -> str:
    """SHA-256 of an act's exact stored bytes, hexadecimal."""
    return sha256(stored).hexdigest()
