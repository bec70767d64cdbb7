"""E474: a rule that would change a case when it has ended.

Why: once a case is closed, rejected or withdrawn, nothing can be added to it, held back in it or set.
People can still be told.

Example: `whenever case closes` with `add item customers`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import AddItem, Checked, OnCase, Require, SetFact


def after_end(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each act that comes too late."""
    return tuple(
        finding(
            "E474",
            "error",
            [
                label(checked, f"rule.{rule.id}.does.{number}", "E474.label"),
                label(checked, f"rule.{rule.id}.whenever", "E474.end"),
            ],
            {"rule": rule.id},
        )
        for rule in checked.rulebook.rules
        if isinstance(rule.whenever, OnCase) and rule.whenever.what != "opens"
        for number, effect in enumerate(rule.does)
        if isinstance(effect, AddItem | Require | SetFact)
    )
