"""A case in which things are counted, accepted on a condition, explained when late, and signed."""

from __future__ import annotations

from pathlib import Path

from engine.commands import (
    CallBack,
    ConfirmCause,
    HandOver,
    Name,
    Refuse,
    RefuseCause,
    Sign,
    StateCause,
)
from engine.seen import signed_hash
from tests.engine.sample.company import Player

DUTIES = (Path(__file__).parent / "duties.rulebook").read_text(encoding="utf-8")
CUSTOMERS = [
    {"code": "K1", "name": "Kite", "contracts": 3, "owner": "L"},
    {"code": "K2", "name": "Kolt", "contracts": 1, "owner": "L"},
]


class Duties(Player):
    """Plays the sample of duties."""

    def __init__(self, text=DUTIES, **more) -> None:
        super().__init__(text, **more)

    def opened(self, **facts) -> Duties:
        """A case of the leaver's own, with two customers unless others are given."""
        self.open(**{"customers": CUSTOMERS, **facts})
        return self

    def sign_shown(self, person: str, ref: str):
        """Sign an item or a document as it is shown now."""
        task = self.task(ref)
        return self.act(person, Sign(task.id, signed_hash(self.state, task)))

    def all_but_letter(self) -> Duties:
        """Everything is handed over and signed; the letter is up."""
        self.name("M", "successor", "S")
        self.hand_over("L", "cash", receipts=0, found="500 CNY")
        self.sign("F", "cash")
        for key, count in (("K1", 3), ("K2", 1)):
            self.hand_over("L", "accounts", key, contracts=count)
            self.sign("S", "accounts", key)
        self.hand_over("L", "keys")
        self.sign("G1", "keys")
        return self


def refused_letter() -> Duties:
    """A letter that is refused, then signed by all."""
    player = Duties().opened().all_but_letter()
    player.sign_shown("L", "letter")
    player.act("F", Refuse(player.task("letter").id, "The sum is wrong"))
    for person in ("F", "L", "M"):
        player.sign_shown(person, "letter")
    return player


def troubled() -> Duties:
    """Nearly everything that can happen to an item besides going well."""
    player = Duties().opened()
    naming = player.task("successor").id
    player.act("M", Name(naming, "S", (player.item("accounts", "K1").id,)))
    player.act("M", Name(naming, "T", (player.item("accounts", "K2").id,)))
    player.change("customers", CUSTOMERS[:1])
    player.at("2026-03-27T09:00")
    cause = f"{player.case}/cash.cause#1"
    player.act("L", StateCause(cause, "I forgot"))
    player.act("M", RefuseCause(cause, "You did not"))
    player.act("L", StateCause(cause, "The till was locked"))
    player.act("M", ConfirmCause(cause))
    given = {"receipts": 0, "found": "480 CNY"}
    player.act("M", HandOver(player.task("cash").id, given, "He will not"))
    player.act("M", CallBack(player.task("cash").id, "He will"))
    player.hand_over("L", "cash", **given)
    player.sign("F", "cash")
    player.sign("H1", "cash")
    player.at("2026-04-01T09:00")
    return player


def excused() -> Duties:
    """A delay that is none any more."""
    player = Duties().opened()
    player.at("2026-03-27T09:00")
    player.change("last_day", "2026-05-29")
    return player
