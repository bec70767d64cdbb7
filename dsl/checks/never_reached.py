"""W501: a declaration that no process reaches.

Why: what no process names never happens. `items` reaches every item, `items of GROUP` those of the
group. A gate that holds something acts from the start of the case and need not be named.

Example: `approval exit "Exit"` and a process without `approval exit`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Term
from dsl.model import AddItem, Checked, Require, Rulebook, things_of


def never_reached(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each approval, gate, item, action, access or document that no process holds."""
    rulebook = checked.rulebook
    steps = [step for process in rulebook.processes for step in things_of(process.body)]
    reached: set[tuple[str, str | None]] = {(step.kind, step.id) for step in steps}
    reached |= {(one.kind, one.id) for each in rulebook.processes for one in each.follow_ups}
    reached |= set(_brought(rulebook))
    return tuple(
        finding(
            "W501",
            "warning",
            [label(checked, f"{kind}.{name}.id", "W501.label")],
            {
                "kind": Term(f"kind.{kind}"),
                "name": name,
                "clause": keyword(checked, kind),
                "process": keyword(checked, "process"),
            },
        )
        for kind, name, ways in _declared(rulebook)
        if not reached & ways
    )


def _brought(rulebook: Rulebook) -> Iterator[tuple[str, str | None]]:
    """What rules bring into a case."""
    for rule in rulebook.rules:
        for effect in rule.does:
            match effect:
                case AddItem(item):
                    yield "item", item
                case Require(approval, _, _):
                    yield "approval", approval
                case _:
                    pass


def _declared(rulebook: Rulebook) -> Iterator[tuple[str, str, set[tuple[str, str | None]]]]:
    """Kind and id of what a process must reach, and the steps that would."""
    for approval in rulebook.approvals:
        yield "approval", approval.id, {("approval", approval.id)}
    for gate in rulebook.gates:
        if not gate.holds:
            yield "gate", gate.id, {("gate", gate.id)}
    for item in rulebook.items:
        group = {("group", item.group)} if item.group else set()
        yield "item", item.id, {("items", None), ("item", item.id), *group}
    for action in rulebook.actions:
        yield "action", action.id, {("action", action.id)}
    for access in rulebook.accesses:
        yield "access", access.id, {("access", access.id)}
    for document in rulebook.documents:
        yield "document", document.id, {("document", document.id)}
