"""E444: a count that is held against a fact that not everybody may see.

Why: whoever has a part in the case sees what was counted and how much it differs, and so what the
private fact says.

Example: `count till "Till" against balance, …`, where `fact balance … private to finance`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.uses import facts_of
from dsl.model import Checked


def private_count(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error at each such count."""
    private = {fact.id for fact in checked.rulebook.facts if fact.private_to}
    return tuple(
        finding(
            "E444",
            "error",
            [
                label(checked, f"item.{item.id}.count.{count.id}", "E444.label"),
                label(checked, f"fact.{fact}.id", "E444.private"),
            ],
            {"count": count.id, "fact": fact, "private": keyword(checked, "private_to")},
        )
        for item in checked.rulebook.items
        for count in item.counts
        for fact in sorted(facts_of(count.against) & private)
    )
