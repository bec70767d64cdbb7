"""W505: a reminder that falls before the task exists.

Why: an item with a budget is due so long after it opens. A reminder that is sent longer before the
deadline than the budget lasts can never come in time.

Example: `item keys "Keys"` with `within 3 days`, and a ladder with `remind giver 5 days before due by email`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, Item, Sla


def early_reminder(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each item and each such rung of its ladder."""
    return tuple(
        finding(
            "W505",
            "warning",
            [
                label(checked, f"item.{item.id}.within", "W505.label"),
                label(checked, f"sla.{sla.id}.rungs.{number}", "W505.other"),
            ],
            {"item": item.id, "sla": sla.id},
        )
        for item, sla in _ladders(checked)
        for number, rung in enumerate(sla.rungs)
        if item.within is not None
        and rung.direction == "before"
        and rung.duration.exceeds(item.within)
    )


def _ladders(checked: Checked) -> Iterator[tuple[Item, Sla]]:
    """Each item with the ladder that serves it."""
    slas = {sla.id: sla for sla in checked.rulebook.slas}
    default = next((sla for sla in checked.rulebook.slas if sla.default), None)
    for item in checked.rulebook.items:
        sla = default if item.sla is None else slas[item.sla]
        if sla is not None:
            yield item, sla
