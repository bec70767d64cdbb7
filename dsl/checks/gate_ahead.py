"""W506: a gate in a process waits for what comes after it.

Why: the case stands at the gate, and what would open the gate begins only behind it. Without a waiver
the case stands there for ever.

Example: `then gate done` before `then items`, and a gate `until item keys done`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Term
from dsl.expressions.tree import AllOf, ApprovalIs, Expression, ItemIs
from dsl.model import (
    AddItem,
    Checked,
    Choose,
    Do,
    Flow,
    Gate,
    Require,
    Rulebook,
    Together,
    things_of,
)

_Need = tuple[str, str]


def gate_ahead(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each gate of a process and each thing behind it that it waits for."""
    rulebook = checked.rulebook
    gates = {gate.id: gate for gate in rulebook.gates}
    brought = set(_brought(rulebook))
    return tuple(
        finding(
            "W506",
            "warning",
            [
                label(checked, f"process.{process.id}.body.{number}", "W506.label"),
                label(checked, f"gate.{gate}.id", "W506.other"),
            ],
            {"gate": gate, "kind": Term(f"kind.{need[0]}"), "thing": need[1]},
        )
        for process in rulebook.processes
        for number, gate, before, behind in _gates(process.body)
        for need in _needs(gates[gate])
        if need not in brought and _brings(rulebook, behind, need)
        if not _brings(rulebook, before, need)
    )


def _gates(body: tuple[Flow, ...]) -> Iterator[tuple[int, str, list[Do], list[Do]]]:
    """The gates of a body: the part they are in, and what is done before and surely after them.

    What stands beside a gate, in another branch, counts as done before it.
    """
    for number, part in enumerate(body):
        before, behind = list(things_of(body[:number])), list(things_of(body[number + 1 :]))
        for way in _ways(part):
            beside = [one for other in _ways(part) if other is not way for one in things_of(other)]
            for _, gate, inner, inner_behind in _gates(way):
                yield number, gate, [*before, *beside, *inner], [*inner_behind, *behind]
        if isinstance(part, Do) and part.kind == "gate" and part.id is not None:
            yield number, part.id, before, behind


def _ways(part: Flow) -> tuple[tuple[Flow, ...], ...]:
    match part:
        case Together(branches):
            return branches
        case Choose(_, then, otherwise):
            return then, otherwise
        case _:
            return ()


def _needs(gate: Gate) -> Iterator[_Need]:
    """What has to have begun before the gate can open."""
    for condition in gate.until:
        for part in _parts(condition):
            match part:
                case ItemIs(item, "open" | "handed_over" | "overdue" | "done"):
                    yield "item", item
                case ApprovalIs(approval, _):
                    yield "approval", approval
                case _:
                    pass


def _parts(condition: Expression) -> Iterator[Expression]:
    if isinstance(condition, AllOf):
        for part in condition.parts:
            yield from _parts(part)
    else:
        yield condition


def _brought(rulebook: Rulebook) -> Iterator[_Need]:
    """What rules may bring at any time."""
    for rule in rulebook.rules:
        for effect in rule.does:
            match effect:
                case AddItem(item):
                    yield "item", item
                case Require(approval, _, _):
                    yield "approval", approval
                case _:
                    pass


def _brings(rulebook: Rulebook, things: list[Do], need: _Need) -> bool:
    """True if one of the things is what is needed, or all items or a group with it."""
    ways: set[tuple[str, str | None]] = {need}
    if need[0] == "item":
        groups = {item.id: item.group for item in rulebook.items}
        ways |= {("items", None), ("group", groups[need[1]])}
    return any((thing.kind, thing.id) in ways for thing in things)
