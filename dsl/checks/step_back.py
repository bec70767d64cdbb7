"""E413: a rejection goes back to a step that is not earlier than every other.

Why: `back to step S` repeats the chain from S. If S is the last step, a rejection by any step
before it would jump ahead, past the people who have not approved yet.

Example: steps `manager` and `hr` with `on reject back to step hr`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import BackOnReject, Checked


def step_back(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each chain of several steps that goes back to its last."""
    found: list[Diagnostic] = []
    for approval in checked.rulebook.approvals:
        back, last = approval.on_reject, approval.steps[-1].id
        if isinstance(back, BackOnReject) and len(approval.steps) > 1 and back.step == last:
            path = f"approval.{approval.id}"
            labels = [
                label(checked, f"{path}.on_reject", "E413.label"),
                label(checked, f"{path}.steps.{last}", "E413.step"),
            ]
            found.append(finding("E413", "error", labels, {"step": last}))
    return tuple(found)
