"""What an adjustment may do to an item that its base has declared final: make it stricter, or say it better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from dsl import nodes
from dsl.layers.moving import meaning

Stricter = Callable[[nodes.Item, Any], bool]
_MORE = frozenset(("contents", "evidence", "counts", "after"))
"""Lists of demands: more of them is stricter."""
_SAID = frozenset(("titles", "because", "group", "read_only_for", "sla", "accountable"))
"""What says whose the item is and how it is followed up, not what is demanded."""


def loosens(item: nodes.Item, change: nodes.Change) -> bool:
    """True if a line may loosen what the base demands: whatever cannot be told to be stricter does."""
    return not all(_tightens(item, change, said) for said in change.said)


def _tightens(item: nodes.Item, change: nodes.Change, said: nodes.Said) -> bool:
    if said.field in _SAID:
        return change.verb != "remove"
    if said.field in _MORE:
        return change.verb == "add"
    if change.verb == "remove":
        return said.field in ("waiver", "applies")
    return said.field in _STRICTER and _STRICTER[said.field](item, said.value)


def _due(item: nodes.Item, due: nodes.Expression) -> bool:
    """Earlier by the same measure, from the same day; or at all, where the base asks for no day."""
    now = item.due
    if now is None:
        return True
    if not (isinstance(now, nodes.Shift) and isinstance(due, nodes.Shift)):
        return meaning(now) == meaning(due)
    alike = (now.direction, now.duration.unit, meaning(now.base)) == (
        due.direction, due.duration.unit, meaning(due.base),
    )  # fmt: skip
    more = due.duration.amount - now.duration.amount
    return alike and (more >= 0 if now.direction == "before" else more <= 0)


def _within(item: nodes.Item, within: nodes.Duration) -> bool:
    now = item.within
    return now is None or (now.unit == within.unit and within.amount <= now.amount)


def _signers(item: nodes.Item, signers: tuple[tuple[nodes.Name, ...], ...]) -> bool:
    """Whoever signs in the base still does, and nobody before those who sign before them there."""
    ends = tuple(one for one in (item.giver, item.receiver) if one is not None)
    rounds = [{name.text for name in some} for some in item.signers or (ends,)]
    turn = {name.text: at for at, some in enumerate(signers) for name in some}
    if any(name not in turn for some in rounds for name in some):
        return False
    return all(
        max(turn[name] for name in before) < min(turn[name] for name in after)
        for before, after in pairwise(rounds)
    )


def _copies(item: nodes.Item, copies: nodes.Copies) -> bool:
    now = item.copies
    if now is None:
        return True
    kept = {one.text for one in now.to} <= {one.text for one in copies.to}
    return kept and copies.number >= now.number


def _accepted(item: nodes.Item, accepted: nodes.Expression) -> bool:
    """A condition more: `and` before all that the base asks."""
    now = item.accepted
    if now is None:
        return True
    parts = accepted.parts if isinstance(accepted, nodes.And) else (accepted,)
    return meaning(now) in {meaning(part) for part in parts}


_STRICTER: Mapping[str, Stricter] = {
    "due": _due,
    "within": _within,
    "signers": _signers,
    "copies": _copies,
    "accepted": _accepted,
    "cause": lambda item, _: item.cause is None,
    "final": lambda _item, _value: True,
}
