"""A case in which things are counted, accepted on a condition, explained when late, and signed."""

from __future__ import annotations

from pathlib import Path

from engine.commands import Refuse, Sign
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
