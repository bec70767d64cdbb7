"""W502: a gate that holds something that nothing releases.

Why: `holds X` keeps back the actions and documents that are tagged `releases X`. Without one, the
gate shuts a door that nobody goes through.

Example: `gate g "G"` with `holds severance`, and no action with `releases severance`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Value
from dsl.model import Checked, HeldThing

WORDS = ("severance", "wages", "certificate", "archive", "access")


def idle_gate(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each held thing that no action or document releases."""
    rulebook = checked.rulebook
    released = {thing for action in rulebook.actions for thing in action.releases}
    released |= {thing for document in rulebook.documents for thing in document.releases}
    if checked.rulebook.accesses:
        released.add("access")
    return tuple(
        finding(
            "W502",
            "warning",
            [label(checked, f"gate.{gate.id}.holds.{number}", "W502.label")],
            {
                "gate": gate.id,
                "thing": _shown(checked, held.thing),
                "releases": keyword(checked, "releases"),
            },
        )
        for gate in checked.rulebook.gates
        for number, held in enumerate(gate.holds)
        if isinstance(held, HeldThing) and held.thing not in released
    )


def _shown(checked: Checked, thing: str) -> Value:
    return keyword(checked, thing) if thing in WORDS else f'"{thing}"'
