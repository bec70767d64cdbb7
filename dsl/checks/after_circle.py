"""E405: items that wait for each other.

Why: an item opens when all items of its `after` are done, so items that wait for each other never
open, and the case never closes.

Example: item `keys` has `after badge`, item `badge` has `after keys`.
"""

from __future__ import annotations

from dsl.checks.finding import circles, finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def after_circle(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each circle, with each `after` that makes it."""
    found: list[Diagnostic] = []
    for circle in circles({item.id: item.after for item in checked.rulebook.items}):
        pairs = list(zip(circle, (*circle[1:], circle[0]), strict=True))
        labels = [
            label(checked, f"item.{item}.after.{other}", "E405.label", item=item, other=other)
            for item, other in pairs
        ]
        way = " → ".join((*circle, circle[0]))
        found.append(finding("E405", "error", labels, {"way": way}))
    return tuple(found)
