"""W502: a gate that holds something that nothing releases, or that is open from the start.

Why: `holds X` keeps back the actions and documents that are tagged `releases X`. Without one, the
gate shuts a door that nobody goes through.

So does one that waits for something not to have happened.

Examples: `gate g "G"` with `holds severance`, and no action with `releases severance`; `until not item keys done`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Value
from dsl.expressions.tree import ApprovalIs, EveryItemDone, ItemIs, Not
from dsl.model import Checked, HeldThing

WORDS = ("severance", "wages", "certificate", "archive", "access")


def idle_gate(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each held thing that no action or document releases."""
    rulebook = checked.rulebook
    released = {thing for action in rulebook.actions for thing in action.releases}
    released |= {thing for document in rulebook.documents for thing in document.releases}
    if checked.rulebook.accesses:
        released.add("access")
    idle = (
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
    return (*idle, *_open_at_first(checked))


def _open_at_first(checked: Checked) -> Iterator[Diagnostic]:
    """Conditions that hold as long as nothing has been done."""
    for gate in checked.rulebook.gates:
        for number, condition in enumerate(gate.until):
            match condition:
                case Not(EveryItemDone() | ItemIs(_, "done" | "handed_over") | ApprovalIs()):
                    place = label(checked, f"gate.{gate.id}.until.{number}", "W502.start.label")
                    values: dict[str, Value] = {"gate": gate.id, "not": keyword(checked, "not")}
                    yield finding("W502", "warning", [place], values, "start")
                case _:
                    pass


def _shown(checked: Checked, thing: str) -> Value:
    return keyword(checked, thing) if thing in WORDS else f'"{thing}"'
