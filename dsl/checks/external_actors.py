"""E408: something must be done by people outside only.

Why: outside parties never log in, so what only they could do is never done. Somebody inside
attaches what came from them, as evidence.

Example: a step of `role client "Client" is external`.
"""

from __future__ import annotations

from collections.abc import Iterator

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, External, Item, Rulebook


def external_actors(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each thing whose actors are all outside."""
    outside = {
        role.id
        for role in checked.rulebook.roles
        if all(isinstance(each, External) for each in role.resolvers)
    }
    return tuple(
        finding("E408", "error", [label(checked, path, "E408.label")], {"role": roles[0]})
        for path, roles in _actors(checked)
        if outside.issuperset(roles)
    )


def _actors(checked: Checked) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Where somebody must act, and the roles one of which can."""
    rulebook = checked.rulebook
    for approval in rulebook.approvals:
        for step in approval.steps:
            yield f"approval.{approval.id}.steps.{step.id}", step.roles
    for item in rulebook.items:
        for clause, role in _of_item(item):
            yield f"item.{item.id}.{clause}", (role,)
    yield from _of_documents(rulebook)
    for kind, things in (("action", rulebook.actions), ("access", rulebook.accesses)):
        for thing in things:
            yield f"{kind}.{thing.id}.by", (thing.by,)
    yield from _of_processes(rulebook)


def _of_item(item: Item) -> Iterator[tuple[str, str]]:
    yield "giver", item.giver
    yield "receiver", item.receiver
    for count in item.counts:
        yield f"count.{count.id}", count.signer
    if item.cause is not None:
        yield "cause", item.cause.by
        yield "cause", item.cause.confirmer


def _of_documents(rulebook: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    for document in rulebook.documents:
        for role in (role for turn in document.signers for role in turn):
            yield f"document.{document.id}.signers", (role,)


def _of_processes(rulebook: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A process that is only a part of others is started and managed by nobody of its own."""
    for process in rulebook.processes:
        for clause, roles in (
            ("started_by", process.started_by),
            ("managed_by", process.managed_by),
        ):
            if roles:
                yield f"process.{process.id}.{clause}", roles
