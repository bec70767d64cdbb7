"""Who is acting: operating-system accounts mapped to people, or anybody in a sandbox."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from engine.commands import Actor
from engine.people.directory import Directory
from engine.rejection import Refusal
from engine.workspace import Settings

ACCOUNT = "account:"
"""How an act tells that an account identified the actor."""
SANDBOX = "sandbox"
"""How an act tells that the actor said so."""


class Caller(Struct, frozen=True):
    """The account at the keyboard, the machine, and the person (id) whom it asks to be, if any."""

    account: str
    host: str
    wanted: str | None = None


def account_of(caller: Caller) -> Actor:
    """Whoever is at the keyboard, by their account alone."""
    account = f"{ACCOUNT}{caller.account}"
    return Actor(account, account, caller.host)


def identify(
    caller: Caller, directory: Directory, settings: Settings, today: date
) -> Actor | Refusal:
    """The actor behind a caller.

    In a live workspace the account is mapped to a person; to be another person takes the recorded
    grant `may act for`, and the record keeps both. In a sandbox anybody is anyone.

    Returns:
        The actor, or R130 (no such person), R131 (the account belongs to nobody), R132 (no grant),
        R133 (nobody said who acts, in a sandbox), R135 (one of the two works here no more).
    """
    if caller.wanted is not None and directory.person(caller.wanted) is None:
        return Refusal("R130", "invalid", {"person": caller.wanted})
    own = directory.by_account(caller.account)
    if settings.sandbox:
        person = caller.wanted or own
        if person is None:
            return Refusal("R133", "invalid", {"account": caller.account})
        return Actor(person, SANDBOX, caller.host)
    if own is None:
        return Refusal("R131", "authority", {"account": caller.account})
    authenticated = f"{ACCOUNT}{caller.account}"
    if caller.wanted in (None, own):
        return Actor(own, authenticated, caller.host)
    actor = Actor(own, authenticated, caller.host, on_behalf_of=caller.wanted)
    return refuse_ungranted(actor, directory, today) or actor


def refuse_ungranted(actor: Actor, directory: Directory, today: date) -> Refusal | None:
    """Why an account may not act for another person, or may no more.

    Returns:
        None, also for whoever acts for nobody else; R132 (no grant, or one that is over), R135 (one of
        the two works here no more, which ends what the grant gives).
    """
    person = actor.on_behalf_of
    if person is None or not actor.authenticated.startswith(ACCOUNT):
        return None
    if not directory.may_act_for(actor.person, person, today):
        account = actor.authenticated.removeprefix(ACCOUNT)
        return Refusal("R132", "authority", {"account": account, "person": person})
    for one in map(directory.person, actor.hands):
        if one is not None and not one.works_on(today):
            return Refusal("R135", "authority", {"person": f"{one.name} ({one.id})"}, (one.id,))
    return None


def refuse_unless_administrator(caller: Caller, administrators: tuple[str, ...]) -> Refusal | None:
    """R134 unless the account may publish, import and advance."""
    if caller.account in administrators:
        return None
    return Refusal("R134", "authority", {"account": caller.account})
