"""A command id that comes again: the same act has its answer already, another act is refused."""

from __future__ import annotations

import hashlib
from itertools import islice

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from engine.chronicle import CaseNumbered
from engine.clock import new_id
from engine.commands import Actor, Approve, Reject, Sign
from engine.events import CaseReopened
from engine.identity import ACCOUNT, SANDBOX, Caller
from engine.rejection import Refusal
from engine.store.port import Committed, Store, StoredEvent

_BESIDES = (CaseNumbered.__name__, CaseReopened.__name__)
"""What a transaction says in other streams than that of the case that it is about."""


class Asked(Struct, frozen=True):
    """An act that is asked for: its command id and, where that was given, the digest of the act."""

    id: str
    digest: str | None = None


def asked(command_id: str | None, where: str, actor: Actor, what: object) -> Asked:
    """What is asked for: by whom, where, and what; it must not hold private values.

    What a person was shown meanwhile makes no other act of it.
    """
    if command_id is None:
        return Asked(new_id())
    if isinstance(what, Approve | Reject | Sign):
        what = replace(what, seen="")
    told = [where, actor.person, actor.on_behalf_of, type(what).__name__, what]
    encoded = msgspec.json.encode(told, order="deterministic")
    return Asked(command_id, hashlib.sha256(encoded).hexdigest()[:16])


def recorded(store: Store, what: Asked) -> tuple[StoredEvent, ...] | Refusal | None:
    """The events of the act, if it has been carried out; R147 if the id stands for another."""
    committed = None if what.digest is None else store.committed(what.id)
    if committed is None:
        return None
    events = events_under(store, committed)
    if events and events[0].digest != what.digest:
        return Refusal("R147", "invalid", {"id": what.id})
    return events


def events_under(store: Store, committed: Committed) -> tuple[StoredEvent, ...]:
    """The events of one transaction."""
    count = committed.last_position - committed.first_position + 1
    return tuple(islice(store.changes(after=committed.first_position - 1), count))


def actor_of(store: Store, command_id: str | None, caller: Caller) -> Actor | None:
    """Who the caller was when the command id was used.

    The directory may not know them any more, or a grant have ended: what is done already is answered all
    the same. None if the id is new, or was another's.
    """
    committed = None if command_id is None else store.committed(command_id)
    events = () if committed is None else events_under(store, committed)
    for one in events[:1]:
        mine = one.authenticated in (SANDBOX, f"{ACCOUNT}{caller.account}")
        wanted = (one.on_behalf_of,) if one.on_behalf_of else (None, one.actor)
        if mine and caller.wanted in wanted:
            return Actor(one.actor, one.authenticated, caller.host, one.on_behalf_of)
    return None


def case_of(events: tuple[StoredEvent, ...], default: str) -> str:
    """The case that a transaction is about; `default` if it says nothing of any."""
    return next((one.stream for one in events if one.type not in _BESIDES), default)
