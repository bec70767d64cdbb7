"""What a scenario expects, held against the case. Each check gives None or what was there instead."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from dsl.model import (
    ExpectApproval,
    ExpectCase,
    ExpectDue,
    ExpectFact,
    ExpectGate,
    ExpectItem,
    ExpectNobodyNotified,
    ExpectNotified,
    ExpectReached,
    ExpectRefused,
    ExpectRule,
    ExpectStep,
    ExpectTask,
    ExpectWaiting,
    ExpectWarning,
    RefusalWord,
    ScenarioLine,
    Target,
)
from engine.events import NoticeQueued, RuleActed
from engine.explaining import gate_obstacles
from engine.rejection import RefusalKind
from engine.scenarios.acts import MOST_TOLD, is_about, is_instance
from engine.scenarios.stage import Stage
from engine.state import SETTLED, ActionTask, SignedTask, Task
from engine.waiting import people_awaited


class Found(NamedTuple):
    """What was there instead.

    Attributes:
        words: states, people, ids or moments; none of them where there was nothing.
        like: which form of the message tells it, `scenario.<line>.<like>`; the plain one where empty.
    """

    words: tuple[str, ...] = ()
    like: str = ""


NOTHING = Found(like="none")


def _found(words: Iterable[str]) -> Found:
    """The words in order, each once; or nothing."""
    every = _once(words)
    return Found(every) if every else NOTHING


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))


def expect_item(stage: Stage, line: ExpectItem) -> Found | None:
    """Every instance that is meant is in the state; one at least is there."""
    tasks = _instances(stage, line.target)
    words = [_words(task) for task in tasks]
    if tasks and all(line.state in one for one in words):
        return None
    return Found(_once(one[0] for one in words)) if tasks else _not_yet(stage)


def expect_task(stage: Stage, line: ExpectTask) -> Found | None:
    """The action, or what an access has come to, is in the state; granting and revoking are a task each."""
    tasks = [one for one in tasks_about(stage, line.target) if isinstance(one, ActionTask)]
    if line.state in _OPERATIONS:
        tasks = [one for one in tasks if one.operation == _OPERATIONS[line.state]]
        state = "done"
    else:
        state = line.state
    if tasks and all(state in _words(task) for task in tasks):
        return None
    return Found(_once(_words(one)[0] for one in tasks)) if tasks else _not_yet(stage)


_OPERATIONS = {"granted": "grant", "revoked": "revoke"}


def expect_reached(stage: Stage, line: ExpectReached) -> Found | None:
    """The case has come to it, or never has."""
    target, state = line.target, stage.state
    match target.kind:
        case "approval":
            reached = target.id in state.approvals
        case "gate":
            node = f"gate:{target.id}"
            reached = state.tokens[node] > 0 or node in state.passed
        case "stage":
            reached = target.id in state.stages
        case _:
            found = tasks_about(stage, target)
            reached = any(one.status not in ("waiting", "not_applicable") for one in found)
    return None if reached == line.reached else Found(("reached" if reached else "not_reached",))


def expect_step(stage: Stage, line: ExpectStep) -> Found | None:
    """The step has opened, never has, or was passed over in the latest round."""
    ref = f"{line.approval}.{line.step}"
    opened = any(one.ref == ref for one in stage.state.tasks.values() if one.kind == "step")
    found = "reached" if opened else "skipped" if ref in stage.state.skipped else "not_reached"
    held = found == line.state or (line.state == "not_reached" and not opened)
    return None if held else Found((found,))


def expect_due(stage: Stage, line: ExpectDue) -> Found | None:
    """Everything that is meant and waits still is due then, in the rulebook's zone; of what has ended, the last."""
    tasks = _still_due(stage, line.target)
    found = {due[: len(line.at)] for due in dues(stage, line.target)}
    timeless = any(task.due is None for task in tasks)
    if found == {line.at} and not timeless:
        return None
    if not found:
        return _come_to(stage, line.target)
    return Found(
        _once((*(one.replace("T", " ") for one in found), *("—" for _ in found if timeless)))
    )


def dues(stage: Stage, target: Target) -> list[str]:
    """When what a target means is due, as far as it is, in local times of the rulebook."""
    zone = stage.program.zone
    found = [one.due for one in _still_due(stage, target) if one.due]
    return [due.astimezone(zone).isoformat(timespec="minutes") for due in found]


def _still_due(stage: Stage, target: Target) -> list[Task]:
    tasks = tasks_about(stage, target)
    return [one for one in tasks if not one.ended] or tasks[-1:]


def expect_waiting(stage: Stage, line: ExpectWaiting) -> Found | None:
    """One of them is waited for."""
    awaited = [
        person
        for task in tasks_about(stage, line.target)
        for person in people_awaited(stage.program, task)
    ]
    if set(stage.people(line.who)) & set(awaited):
        return None
    return Found(_once(awaited)) if awaited else _come_to(stage, line.target)


def _come_to(stage: Stage, target: Target) -> Found:
    """The state that something is in; where it has not come up, what is open."""
    approval = stage.state.approvals.get(target.id) if target.kind == "approval" else None
    tasks = tasks_about(stage, target)
    states = [approval.status] if approval else [_words(one)[0] for one in tasks]
    return Found(_once(states), "over") if states else _not_yet(stage)


def _not_yet(stage: Stage) -> Found:
    """What is open where something has not come up."""
    tasks = (stage.state.tasks[one] for one in stage.state.active)
    return Found(tuple(dict.fromkeys(one.ref for one in tasks))[:MOST_TOLD], "none")


def expect_approval(stage: Stage, line: ExpectApproval) -> Found | None:
    """The approval has ended that way."""
    found = stage.state.approvals.get(line.approval)
    if found is not None and found.status == line.state:
        return None
    return Found((found.status,)) if found else _not_yet(stage)


def expect_gate(stage: Stage, line: ExpectGate) -> Found | None:
    """The gate is open, or shut with the target among what keeps it shut."""
    is_open = stage.state.is_open(line.gate)
    obstacles = [] if is_open else gate_obstacles(stage.scope, line.gate)
    if is_open == line.open and (line.because is None or _among(line.because, obstacles)):
        return None
    if is_open:
        return Found(like="open")
    return _found(one.id if one.key is None else f"{one.id}[{one.key}]" for one in obstacles)


def expect_refused(stage: Stage, line: ExpectRefused) -> Found | None:
    """The act just before was refused for that reason."""
    refusal, stage.refused = stage.refused, None
    if refusal is None:
        return NOTHING
    if line.reason == "code":
        held = refusal.code == line.code
    else:
        held = refusal.kind == REFUSALS[line.reason]
    if held and (line.missing is None or line.missing in refusal.ids):
        return None
    return Found((refusal.code, *refusal.ids))


REFUSALS: dict[RefusalWord, RefusalKind] = {
    "missing": "missing", "not_allowed": "authority", "too_early": "too_early", "too_late": "closed",
    "invalid": "invalid",
}  # fmt: skip
"""What a scenario calls the families of refusals."""


def expect_notified(stage: Stage, line: ExpectNotified) -> Found | None:
    """One of them has had such a notice, or none has."""
    people = set(stage.people(line.who))
    fitting = notices_fitting(stage, line)
    told = any(people & {one.person for one in notice.to} for notice in fitting)
    if told == line.told:
        return None
    sent = {(one.person, notice.channel) for notice in stage.notices for one in notice.to}
    return _found(f"{name} ({channel})" for one, channel in sent for name in _named(stage, [one]))


def notices_fitting(stage: Stage, line: ExpectNotified) -> list[NoticeQueued]:
    """The notices of the channel that are about what is meant, to whomever they went."""
    return [
        notice
        for notice in stage.notices
        if line.channel in (None, notice.channel) and _is_about(stage, notice, line.about)
    ]


def _is_about(stage: Stage, notice: NoticeQueued, about: Target | None) -> bool:
    if about is None:
        return True
    if about.kind == "rule":
        return notice.rule == about.id
    return notice.task is not None and is_about(stage.task(notice.task), about)


def expect_rule(stage: Stage, line: ExpectRule) -> Found | None:
    """The rule has acted at some time, or never has."""
    acts = [
        one
        for _, told in stage.chapters
        for _, _, one in told
        if isinstance(one, RuleActed) and one.rule == line.rule
    ]
    count = len(acts) + sum(rule == line.rule for rule, _ in stage.warnings)
    return None if bool(count) == line.acted else Found((str(count),))


def expect_warning(stage: Stage, line: ExpectWarning) -> Found | None:
    """A warning of the rule stands now, about that record if it is named; or none does."""
    standing = [
        key for (rule, key), stands in stage.warnings.items() if stands and rule == line.rule
    ]
    meant = [key for key in standing if line.key in (None, key)]
    return None if bool(meant) == line.stands else _found(standing)


def expect_fact(stage: Stage, line: ExpectFact) -> Found | None:
    """The fact has the value now."""
    wire = stage.scope.fact_wire(line.fact)
    if wire == line.value:
        return None
    return NOTHING if wire is None else Found((str(wire),))


def expect_nobody_notified(stage: Stage, line: ExpectNobodyNotified) -> Found | None:
    """No member of the group has had a notice."""
    members = set(stage.cast.directory().members(line.group))
    told = {one.person for notice in stage.notices for one in notice.to if one.person in members}
    return Found(_once(told)) if told else None


def expect_case(stage: Stage, line: ExpectCase) -> Found | None:
    """The case has ended that way, or has not."""
    state = stage.state
    found = "suspended" if line.state == "suspended" and state.suspended else state.status
    if found == line.state:
        return None
    left = {task.ref for task in state.tasks.values() if not task.ended}
    return Found(tuple(sorted(left)), "open") if found == "open" and left else Found((found,))


def tasks_about(stage: Stage, target: Target) -> list[Task]:
    """The tasks that a target means, in the order in which they came up."""
    return [task for task in stage.state.tasks.values() if is_about(task, target)]


def _instances(stage: Stage, target: Target) -> list[SignedTask]:
    """The items or the document that a target means."""
    tasks = [task for task in stage.state.tasks.values() if isinstance(task, SignedTask)]
    return [task for task in tasks if is_instance(task, target)]


def _named(stage: Stage, people: Iterable[str]) -> Iterator[str]:
    """People by name, as scenarios call them."""
    known = stage.scope.context.directory.persons
    return (known[one].name if one in known else one for one in people)


def _words(task: Task) -> list[str]:
    words: list[str] = [task.status]
    if isinstance(task, SignedTask) and task.status == "open" and task.round > 1:
        words.append("refused")
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
    ExpectTask: expect_task,
    ExpectReached: expect_reached,
    ExpectStep: expect_step,
    ExpectDue: expect_due,
    ExpectWaiting: expect_waiting,
    ExpectApproval: expect_approval,
    ExpectGate: expect_gate,
    ExpectRefused: expect_refused,
    ExpectNotified: expect_notified,
    ExpectNobodyNotified: expect_nobody_notified,
    ExpectRule: expect_rule,
    ExpectWarning: expect_warning,
    ExpectFact: expect_fact,
    ExpectCase: expect_case,
}
