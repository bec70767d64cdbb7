"""E414: an item whose deadline is a point names a time limit that pauses.

Why: `15 days before last_day` is a day in the calendar; waiting cannot move it. The default limit
may pause, since it also serves what has a budget; an item that names such a limit means it.

Example: `item keys` with `due last_day` and `sla patient`, where patient says `pause while …`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def paused_point(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error at each `sla` clause of such an item."""
    pausing = {sla.id for sla in checked.rulebook.slas if sla.pause_waiting_for is not None}
    return tuple(
        finding(
            "E414",
            "error",
            [
                label(checked, f"item.{item.id}.sla", "E414.label"),
                label(checked, f"sla.{item.sla}.id", "E414.pauses"),
            ],
            {"item": item.id, "sla": item.sla, "pause": keyword(checked, "pause")},
        )
        for item in checked.rulebook.items
        if item.sla is not None and item.sla in pausing and item.due is not None
    )
