"""E405: items that wait for each other.

Why: an item opens when all items of its `after` are done, so items that wait for each other never
open, and the case never closes.

Nor does one that applies only when it is done itself.

Example: item `keys` has `after badge`, item `badge` has `after keys`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dsl.checks.finding import circles, finding, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.tree import AllOf, Expression, ItemIs
from dsl.expressions.uses import uses_of
from dsl.model import Checked


def after_circle(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each circle, with each `after` that makes it."""
    found: list[Diagnostic] = []
    after = {item.id: item.after for item in checked.rulebook.items}
    waiting = {
        item.id: (*item.after, *_awaited(item.id, item.applies)) for item in checked.rulebook.items
    }
    for circle in circles(waiting):
        pairs = list(zip(circle, (*circle[1:], circle[0]), strict=True))
        labels = [
            label(checked, _place(item, other, after), "E405.label", item=item, other=other)
            for item, other in pairs
        ]
        way = " → ".join((*circle, circle[0]))
        found.append(finding("E405", "error", labels, {"way": way}))
    return tuple(found)


def _awaited(item: str, applies: Expression | None) -> tuple[str, ...]:
    """The items that must be done before one applies, and the item itself if it is asked about."""
    parts = applies.parts if isinstance(applies, AllOf) else (applies,)
    done = [part.item for part in parts if isinstance(part, ItemIs) and part.state == "done"]
    itself = () if applies is None else uses_of(applies).items & {item}
    return (*done, *itself)


def _place(item: str, other: str, after: Mapping[str, Sequence[str]]) -> str:
    return f"item.{item}.after.{other}" if other in after[item] else f"item.{item}.applies"
