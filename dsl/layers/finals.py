"""What an adjustment may do to what its base has declared final: make it stricter, or say it better."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from dsl import nodes
from dsl.layers.moving import meaning

Stricter = Callable[[Any, Any], bool]
"""True if a value of a field asks of a declaration what it asks already, or more."""
_MORE: Mapping[str, frozenset[str]] = {
    "item": frozenset(("contents", "evidence", "counts", "after")),
    "approval": frozenset(("steps",)),
    "sla": frozenset(("rungs",)),
    "gate": frozenset(("holds", "until")),
    "process": frozenset(("body", "follow_ups")),
    "rule": frozenset(("does",)),
    "role": frozenset(("never",)),
    "record": frozenset(("fields",)),
    "audience": frozenset(("never", "always")),
}
"""Lists of demands, by kind: more of them is stricter."""
_SAID = frozenset(("titles", "because", "allowances"))
_SAID_OF_ITEMS = _SAID | {"group", "read_only_for", "sla", "accountable"}
"""What says whose the item is and how it is followed up, not what is demanded."""
_LESS = frozenset(("waiver", "applies"))
"""Clauses that let somebody off: without them it is stricter."""


def loosens(declaration: nodes.Declaration, kind: str, change: nodes.Change) -> bool:
    """True if a line may loosen what the base demands: whatever cannot be told to be stricter does."""
    return not all(_tightens(declaration, kind, change, said) for said in change.said)


def _tightens(
    declaration: nodes.Declaration, kind: str, change: nodes.Change, said: nodes.Said
) -> bool:
    if said.field in (_SAID_OF_ITEMS if kind == "item" else _SAID):
        return change.verb != "remove"
    if said.field in _MORE.get(kind, ()):
        return change.verb == "add" and not isinstance(said.value, nodes.Wait)
    if change.verb == "remove":
        return said.field in _LESS
    same = meaning(getattr(declaration, said.field, None)) == meaning(said.value)
    stricter = _STRICTER.get(said.field)
    return same or (stricter is not None and stricter(declaration, said.value))


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


def _within(declaration: nodes.Item | nodes.Action | nodes.Access, within: nodes.Duration) -> bool:
    now = declaration.within
    return now is None or (now.unit == within.unit and within.amount <= now.amount)


def _signers(
    declaration: nodes.Item | nodes.Document, signers: tuple[tuple[nodes.Name, ...], ...]
) -> bool:
    """Whoever signs in the base still does, and nobody before those who sign before them there."""
    ends: tuple[nodes.Name, ...] = ()
    if isinstance(declaration, nodes.Item):
        ends = tuple(one for one in (declaration.giver, declaration.receiver) if one is not None)
    rounds = [{name.text for name in some} for some in declaration.signers or (ends,)]
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
    "opinion_required": lambda _approval, _value: True,
    "repeat": lambda _approval, repeat: repeat == "forbidden",
    "private_to": lambda fact, _: not fact.private_to,
    "final": lambda _item, _value: True,
}
