"""E440: processes that are parts of each other.

Why: a process that stands in another one has its whole body there, so processes in a circle would
never come to an end.

Example: process `leaving` has `then process handover`, process `handover` has `then process leaving`.
"""

from __future__ import annotations

from dsl.checks.finding import circles, finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, things_of


def process_circle(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each circle, with each of its processes."""
    parts = {
        process.id: [each.id for each in things_of(process.body) if each.kind == "process"]
        for process in checked.rulebook.processes
    }
    edges = {process: [part for part in found if part] for process, found in parts.items()}
    found: list[Diagnostic] = []
    for circle in circles(edges):
        labels = [label(checked, f"process.{process}.id", "E440.label") for process in circle]
        way = " → ".join((*circle, circle[0]))
        found.append(finding("E440", "error", labels, {"way": way}))
    return tuple(found)
