"""E415: an item for each record of a list that not everybody may see.

Why: each record becomes an item of the checklist, and whoever has a part in the case sees that. A list
that is private would be told to all of them.

Example: `item loan` with `for each one in loans`, where `fact loans … private to finance`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def private_list(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error at each such `for each`."""
    private = {fact.id for fact in checked.rulebook.facts if fact.private_to}
    return tuple(
        finding(
            "E415",
            "error",
            [
                label(checked, f"item.{item.id}.each", "E415.label"),
                label(checked, f"fact.{item.each.over}.id", "E415.private"),
            ],
            {"item": item.id, "fact": item.each.over, "private": keyword(checked, "private_to")},
        )
        for item in checked.rulebook.items
        if item.each is not None and item.each.over in private
    )
