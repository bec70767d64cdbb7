"""W506: a gate in a process waits for what comes after it.

Why: the case stands at the gate, and what would open the gate begins only behind it. Without a waiver
the case stands there for ever.

Example: `then gate done` before `then items`, and a gate `until item keys done`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Term
from dsl.expressions.tree import AllOf, ApprovalIs, EveryItemDone, Expression, ItemIs
from dsl.model import (
    AddItem,
    Checked,
    Choose,
    Do,
    Flow,
    Require,
    Rulebook,
    Together,
    things_of,
)

_Need = tuple[str, str]
_Things = frozenset[tuple[str, str | None]]


def gate_ahead(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each gate of a process and each condition that waits for something behind it."""
    rulebook = checked.rulebook
    gates = {gate.id: gate for gate in rulebook.gates}
    groups = {item.id: item.group for item in rulebook.items}
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
        for ways in [(_things(before), _things(behind))]
        for condition in gates[gate].until
        for part in _parts(condition)
        for need in _first_ahead(_needs(part, groups), ways, groups, brought)
    )


def _first_ahead(
    needs: Iterable[_Need],
    ways: tuple[_Things, _Things],
    groups: Mapping[str, str | None],
    brought: set[_Need],
) -> list[_Need]:
    """The first of the things needed that only what stands behind the gate begins; none if there is none."""
    before, behind = ways
    ahead = (
        need
        for need in needs
        if need not in brought
        and _brings(behind, need, groups)
        and not _brings(before, need, groups)
    )
    return list(islice(ahead, 1))


def _things(done: Iterable[Do]) -> _Things:
    return frozenset((one.kind, one.id) for one in done)


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


def _needs(part: Expression, items: Iterable[str]) -> Iterator[_Need]:
    """What has to have begun before a part of a gate's condition can hold."""
    match part:
        case ItemIs(item, "open" | "handed_over" | "overdue" | "done"):
            yield "item", item
        case ApprovalIs(approval, _):
            yield "approval", approval
        case EveryItemDone():
            yield from (("item", item) for item in items)
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


def _brings(things: _Things, need: _Need, groups: Mapping[str, str | None]) -> bool:
    """True if one of the things is what is needed, or all items or a group with it."""
    if need in things:
        return True
    is_item = need[0] == "item"
    return is_item and (("items", None) in things or ("group", groups[need[1]]) in things)
