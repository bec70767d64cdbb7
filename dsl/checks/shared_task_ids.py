"""E417: tasks of different things that would have one id.

Why: a task is called after what it is for, `CASE/keys#1`. Two of the same id could not be told apart by
whoever acts on them, nor by the ledger. An approval and an item may share a name, for instance, since
the tasks of an approval are called after its steps, `CASE/keys.manager#1`.

Example: `item keys "Keys"` and `access keys "Keys"`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Term
from dsl.model import Access, Approval, Checked, Item, NamedBy, Require, ReturnOnReject, Rulebook


class Claim(NamedTuple):
    """What the ids of some tasks begin with, and the declaration or step that they are for."""

    stem: str
    path: str


def shared_task_ids(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each declaration or step whose tasks are called like those of one before it."""
    order, spans = checked.texts.order, checked.spans
    claims = sorted(task_ids(checked.rulebook), key=lambda claim: order(spans[claim.path]))
    first: dict[str, Claim] = {}
    return tuple(
        _shared(checked, known, claim)
        for claim in claims
        if (known := first.setdefault(claim.stem, claim)) is not claim
    )


def _shared(checked: Checked, known: Claim, claim: Claim) -> Diagnostic:
    labels = [label(checked, claim.path, "E417.label"), label(checked, known.path, "E417.other")]
    kinds = {"kind": _kind(claim), "other": _kind(known)}
    return finding("E417", "error", labels, {"task": claim.stem, **kinds})


def _kind(claim: Claim) -> Term:
    return Term("kind.step" if ".steps." in claim.path else f"kind.{claim.path.partition('.')[0]}")


def task_ids(rulebook: Rulebook) -> Iterator[Claim]:
    """What the ids of all tasks of a rulebook begin with: before the key of a record and the round."""
    for item in rulebook.items:
        yield from _of_item(item)
    required = {
        one.approval for rule in rulebook.rules for one in rule.does if isinstance(one, Require)
    }
    for approval in rulebook.approvals:
        yield from _of_approval(approval, required)
    for access in rulebook.accesses:
        yield from _of_access(access)
    for action in rulebook.actions:
        yield Claim(action.id, f"action.{action.id}.id")
    for document in rulebook.documents:
        yield Claim(document.id, f"document.{document.id}.id")
    for role in rulebook.roles:
        if any(isinstance(each, NamedBy) for each in role.resolvers):
            yield Claim(role.id, f"role.{role.id}.id")


def _of_item(item: Item) -> Iterator[Claim]:
    path = f"item.{item.id}.id"
    yield Claim(item.id, path)
    if item.cause is not None:
        yield Claim(f"{item.id}.cause", path)


def _of_approval(approval: Approval, required: Collection[str]) -> Iterator[Claim]:
    back = approval.on_reject
    if isinstance(back, ReturnOnReject) or (back is None and approval.id in required):
        yield Claim(f"{approval.id}.revise", f"approval.{approval.id}.id")
    for step in approval.steps:
        yield Claim(f"{approval.id}.{step.id}", f"approval.{approval.id}.steps.{step.id}")


def _of_access(access: Access) -> Iterator[Claim]:
    """Access and actions share one space of names, since gates hold both."""
    for stem in (access.id, f"{access.id}.grant", f"{access.id}.revoke"):
        yield Claim(stem, f"access.{access.id}.id")
