"""What a scenario expects, held against the case. Each check gives None or what was there instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dsl.model import (
    ExpectApproval,
    ExpectCase,
    ExpectDue,
    ExpectFact,
    ExpectGate,
    ExpectItem,
    ExpectNobodyNotified,
    ExpectNotified,
    ExpectRefused,
    ExpectRule,
    ScenarioLine,
    Target,
)
from engine.events import NoticeQueued, RuleActed
from engine.explaining import gate_obstacles
from engine.scenarios.acts import is_instance
from engine.scenarios.stage import Stage
from engine.state import SETTLED, SignedTask, StepTask
from engine.waiting import people_awaited

Found = dict[str, str]
"""What was found instead, by the names of the message's placeholders."""


def expect_item(stage: Stage, line: ExpectItem) -> Found | None:
    """Every instance that is meant is in the state; one at least is there."""
    tasks = _instances(stage, line.target)
    words = [_words(task) for task in tasks]
    if tasks and all(line.state in one for one in words):
        return None
    return {"found": "、".join(sorted({one[0] for one in words})) or "-"}


def expect_due(stage: Stage, line: ExpectDue) -> Found | None:
    """Every instance is due on the day, in the rulebook's zone."""
    zone = stage.program.zone
    tasks = _instances(stage, line.target)
    days = {task.due.astimezone(zone).date().isoformat() if task.due else "-" for task in tasks}
    return None if days == {line.date} else {"found": "、".join(sorted(days)) or "-"}


def expect_approval(stage: Stage, line: ExpectApproval) -> Found | None:
    """The approval has ended that way, or one of the role's people is waited for."""
    found = stage.state.approvals.get(line.approval)
    if line.state != "waiting":
        if found is not None and found.status == line.state:
            return None
        return {"found": found.status if found else "-"}
    awaited = [
        person
        for task in stage.state.tasks.values()
        if isinstance(task, StepTask) and task.approval == line.approval
        for person in people_awaited(stage.program, task)
    ]
    wanted = stage.scope.roles.people(line.role) if line.role else tuple(awaited)
    return None if set(wanted) & set(awaited) else {"found": "、".join(awaited) or "-"}


def expect_gate(stage: Stage, line: ExpectGate) -> Found | None:
    """The gate is open, or shut with the target among what keeps it shut."""
    is_open = stage.state.is_open(line.gate)
    obstacles = [] if is_open else gate_obstacles(stage.scope, line.gate)
    if is_open == line.open and (line.because is None or _among(line.because, obstacles)):
        return None
    shown = "、".join(one.id if one.key is None else f"{one.id}[{one.key}]" for one in obstacles)
    return {"found": "open" if is_open else f"closed: {shown or '-'}"}


def expect_refused(stage: Stage, line: ExpectRefused) -> Found | None:
    """The act just before was refused for that reason."""
    refusal, stage.refused = stage.refused, None
    if refusal is None:
        return {"found": "-"}
    kinds = {"missing": "missing", "not_allowed": "authority", "too_early": "too_early"}
    if refusal.kind == kinds[line.reason] and (line.missing is None or line.missing in refusal.ids):
        return None
    return {"found": f"{refusal.code} {'、'.join(refusal.ids)}"}


def expect_notified(stage: Stage, line: ExpectNotified) -> Found | None:
    """One of the role's people has had such a notice."""
    people = set(stage.scope.roles.people(line.role))
    for notice in stage.notices:
        fits = line.channel in (None, notice.channel) and _is_about(stage, notice, line.about)
        if fits and people & {one.person for one in notice.to}:
            return None
    told = {f"{one.person} ({notice.channel})" for notice in stage.notices for one in notice.to}
    return {"found": "、".join(sorted(told)) or "-"}


def _is_about(stage: Stage, notice: NoticeQueued, about: Target | None) -> bool:
    if about is None:
        return True
    if about.kind == "rule":
        return notice.rule == about.id
    return notice.task is not None and is_instance(stage.state.tasks[notice.task], about)


def expect_rule(stage: Stage, line: ExpectRule) -> Found | None:
    """The rule has acted at some time, or never has."""
    acts = [
        one for _, _, one in stage.events if isinstance(one, RuleActed) and one.rule == line.rule
    ]
    return None if bool(acts) == line.acted else {"found": str(len(acts))}


def expect_fact(stage: Stage, line: ExpectFact) -> Found | None:
    """The fact has the value now."""
    wire = stage.scope.fact_wire(line.fact)
    return None if wire == line.value else {"found": str(wire)}


def expect_nobody_notified(stage: Stage, line: ExpectNobodyNotified) -> Found | None:
    """No member of the group has had a notice."""
    members = set(stage.cast.directory().members(line.group))
    told = {one.person for notice in stage.notices for one in notice.to if one.person in members}
    return {"found": "、".join(sorted(told))} if told else None


def expect_case(stage: Stage, line: ExpectCase) -> Found | None:
    """The case has ended that way, or has not."""
    state = stage.state
    found = "suspended" if line.state == "suspended" and state.suspended else state.status
    return None if found == line.state else {"found": found}


def _instances(stage: Stage, target: Target) -> list[SignedTask]:
    """The items or the document that a target means."""
    tasks = [task for task in stage.state.tasks.values() if isinstance(task, SignedTask)]
    return [task for task in tasks if is_instance(task, target)]


def _words(task: SignedTask) -> list[str]:
    words: list[str] = [task.status]
    if task.overdue:
        words.append("overdue")
    if task.status in SETTLED and task.status != "done":
        words.append("done")
    return words


def _among(target: Target, obstacles: list[Target]) -> bool:
    return any(
        one.kind == target.kind
        and one.id == target.id
        and (target.key is None or target.key == one.key)
        for one in obstacles
    )


CHECKS: dict[type[ScenarioLine], Callable[[Stage, Any], Found | None]] = {
    ExpectItem: expect_item,
    ExpectDue: expect_due,
    ExpectApproval: expect_approval,
    ExpectGate: expect_gate,
    ExpectRefused: expect_refused,
    ExpectNotified: expect_notified,
    ExpectNobodyNotified: expect_nobody_notified,
    ExpectRule: expect_rule,
    ExpectFact: expect_fact,
    ExpectCase: expect_case,
}
