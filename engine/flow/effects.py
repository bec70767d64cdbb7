"""What rules do, one function per kind of line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dsl.expressions.tree import Party, RoleParty
from dsl.model import (
    AddItem,
    Effect,
    Escalate,
    HoldableKind,
    Message,
    Note,
    Notify,
    Placeholder,
    Require,
    Rule,
    SetFact,
)
from dsl.types import PersonType
from dsl.values import ValueProblem, decode, encode, show
from engine.commands import CLOCKWORK
from engine.environment import CaseEnvironment
from engine.events import ApprovalRequired, FactChanged, Noted, People, RuleFailed
from engine.flow.items import list_item
from engine.flow.notices import Notice, notify
from engine.run import Run
from engine.seen import application_hash
from engine.state import ItemTask

LACKING = "—"


def _add_item(run: Run, rule: Rule, effect: AddItem, _task: ItemTask | None) -> None:
    if effect.item not in run.state.items:
        list_item(run, effect.item, rule.id)


def _require(run: Run, rule: Rule, effect: Require, _task: ItemTask | None) -> None:
    if _has_happened(run, effect.kind, effect.target):
        run.emit(RuleFailed(rule.id, "too_late", effect.target))
        return
    placed = effect.approval in run.program.placed_approvals
    state = run.state.approvals.get(effect.approval)
    unanswered = state is not None and state.status != "approved"
    waiting = run.state.tokens[f"approval:{effect.approval}"] > 0
    begins = not (placed or unanswered or waiting)
    run.emit(ApprovalRequired(rule.id, effect.approval, effect.kind, effect.target, begins))


def _has_happened(run: Run, kind: HoldableKind, target: str) -> bool:
    """True if there is nothing left of it that could wait."""
    if kind == "stage":
        return f"stage:{target}" in run.state.passed
    tasks = [task for task in run.state.tasks.values() if task.ref == target and task.kind == kind]
    if kind in ("action", "access"):
        tasks = [task for task in run.state.tasks.values() if task.ref == target]
    if kind == "item":
        return bool(tasks) and all(task.ended or task.status == "handed_over" for task in tasks)
    return bool(tasks) and all(task.ended for task in tasks)


def _notify(run: Run, rule: Rule, effect: Notify, task: ItemTask | None) -> None:
    people: list[str] = []
    outside: list[str] = []
    for party in effect.to:
        if isinstance(party, RoleParty) and run.roles.fill(party.role).lacking == "external":
            outside.append(party.role)
        else:
            people.extend(_people(run, party, task))
    text = worded(run, effect.message, task)
    notice = Notice("rule", effect.channel, task, rule.id, text)
    notify(run, notice, tuple(dict.fromkeys(people)), outside)


def _people(run: Run, party: Party, task: ItemTask | None) -> People:
    return CaseEnvironment(run, task).addressed(party)


def _set(run: Run, rule: Rule, effect: SetFact, task: ItemTask | None) -> None:
    declared, records, zone = run.program.facts[effect.fact], run.program.records, run.program.zone
    try:
        value: Any = run.evaluate(effect.value, task)
    except LookupError:
        run.emit(RuleFailed(rule.id, "no_value", effect.fact))
        return
    wire = encode(declared.type, value, records, zone)
    if isinstance(decode(declared.type, wire, records, zone), ValueProblem):
        run.emit(RuleFailed(rule.id, "bad_value", effect.fact))
        return
    old = run.state.facts.get(effect.fact)
    if wire != old:
        before = application_hash(run.state)
        reason = rule.because or ""
        run.emit(
            FactChanged(effect.fact, before, CLOCKWORK, reason, old=old, new=wire, rule=rule.id)
        )


def _note(run: Run, rule: Rule, effect: Note, task: ItemTask | None) -> None:
    text = worded(run, effect.message, task)
    run.emit(Noted(rule.id, text, task.id if task else None))


def _escalate(run: Run, rule: Rule, effect: Escalate, task: ItemTask | None) -> None:
    notice = Notice("escalation", "inbox", task, rule.id)
    notify(run, notice, _people(run, effect.to, task))


def worded(run: Run, message: Message, task: ItemTask | None) -> str:
    """A text with its values, in the rulebook's language."""
    return "".join(part if isinstance(part, str) else _shown(run, part, task) for part in message)


def _shown(run: Run, part: Placeholder, task: ItemTask | None) -> str:
    try:
        value: Any = run.evaluate(part.value, task)
    except LookupError:
        return LACKING
    if isinstance(part.type, PersonType):
        found = run.context.directory.person(value)
        return found.name if found else value
    return show(part.type, value, run.program.rulebook.language, run.program.zone)


EFFECTS: dict[type[Effect], Callable[[Run, Rule, Any, ItemTask | None], None]] = {
    AddItem: _add_item,
    Require: _require,
    Notify: _notify,
    SetFact: _set,
    Note: _note,
    Escalate: _escalate,
}
