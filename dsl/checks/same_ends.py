"""W514: an item goes from a role to the same role.

Why: nothing changes hands, and one person signs for both sides.

Example: `item keys "Keys"` with `from leaver to leaver`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def same_ends(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each such item, at whom it goes to."""
    return tuple(
        finding(
            "W514",
            "warning",
            [label(checked, f"item.{item.id}.receiver", "W514.label")],
            {"item": item.id, "role": item.giver, "action": keyword(checked, "action")},
        )
        for item in checked.rulebook.items
        if item.giver == item.receiver
    )
