"""What scenarios expect, typed against what is declared."""

from __future__ import annotations

from dsl import model, nodes
from dsl.resolve.expressions.literals import is_right
from dsl.resolve.stage import Rule, Stage, at, who
from dsl.resolve.targets import find_missing, find_target, is_step
from dsl.resolve.types import wire_value

_TASKS = ("item", "approval", "action", "access", "document")


def _expect_item(stage: Stage, line: nodes.ExpectItem) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, ("item", "document"), one=False)
    return None if target is None else model.ExpectItem(target, line.state)


def _expect_task(stage: Stage, line: nodes.ExpectTask) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, ("action", "access"), one=False)
    return None if target is None else model.ExpectTask(target, line.state)


def _expect_reached(stage: Stage, line: nodes.ExpectReached) -> model.ScenarioLine | None:
    kinds = (*_TASKS, "gate", "stage")
    target = find_target(stage.desk, line.target, kinds, one=False)
    return None if target is None else model.ExpectReached(target, line.reached)


def _expect_step(stage: Stage, line: nodes.ExpectStep) -> model.ScenarioLine | None:
    approval = stage.desk.find("approval", line.approval)
    if approval is None:
        return None
    if not is_step(stage.desk, stage.desk.book.of("approval")[approval].node, line.step):
        return None
    return model.ExpectStep(approval, line.step.text, line.state)


def _expect_due(stage: Stage, line: nodes.ExpectDue) -> model.ScenarioLine | None:
    kinds = ("item", "approval", "action", "access")
    target = find_target(stage.desk, line.target, kinds, one=False)
    if not is_right(stage.desk, line.at) or target is None:
        return None
    when = line.at.text if isinstance(line.at, nodes.Date) else at(stage, line.at)
    return None if when is None else model.ExpectDue(target, when)


def _expect_waiting(stage: Stage, line: nodes.ExpectWaiting) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, _TASKS, one=False)
    awaited = who(stage, line.who)
    if target is None or awaited is None:
        return None
    return model.ExpectWaiting(target, awaited)


def _expect_approval(stage: Stage, line: nodes.ExpectApproval) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, ("approval",), one=False)
    return None if target is None else model.ExpectApproval(target.id, line.state)


def _expect_gate(stage: Stage, line: nodes.ExpectGate) -> model.ScenarioLine | None:
    gate = find_target(stage.desk, line.target, ("gate",), one=False)
    because = None
    if line.because is not None:
        because = find_target(stage.desk, line.because, ("item", "approval"), one=False)
    return None if gate is None else model.ExpectGate(gate.id, line.open, because)


def _expect_refused(stage: Stage, line: nodes.ExpectRefused) -> model.ScenarioLine | None:
    if line.missing is None:
        code = line.code.text if line.code else None
        return model.ExpectRefused(line.reason, None, code)
    missing = find_missing(stage.desk, line.missing)
    return None if missing is None else model.ExpectRefused(line.reason, missing)


def _expect_notified(stage: Stage, line: nodes.ExpectNotified) -> model.ScenarioLine | None:
    told = who(stage, line.who)
    about = None
    if line.about is not None:
        kinds = ("item", "approval", "action", "access", "document", "gate", "rule")
        about = find_target(stage.desk, line.about, kinds, one=False)
    if told is None:
        return None
    return model.ExpectNotified(told, line.channel, about, line.told)


def _expect_nobody(_stage: Stage, line: nodes.ExpectNobodyNotified) -> model.ScenarioLine | None:
    return model.ExpectNobodyNotified(line.group.text)


def _expect_rule(stage: Stage, line: nodes.ExpectRule) -> model.ScenarioLine | None:
    rule = stage.desk.find("rule", line.rule)
    return None if rule is None else model.ExpectRule(rule, line.acted)


def _expect_warning(stage: Stage, line: nodes.ExpectWarning) -> model.ScenarioLine | None:
    rule = stage.desk.find("rule", line.target.name)
    key = line.target.key.text if line.target.key else None
    return None if rule is None else model.ExpectWarning(rule, line.stands, key)


def _expect_fact(stage: Stage, line: nodes.ExpectFact) -> model.ScenarioLine | None:
    fact = stage.desk.book.facts.get(stage.desk.find("fact", line.fact) or "")
    if fact is None:
        return None
    wire = wire_value(stage.desk, fact.type, line.value)
    return None if wire is None else model.ExpectFact(fact.id, wire)


def _expect_case(_stage: Stage, line: nodes.ExpectCase) -> model.ScenarioLine | None:
    return model.ExpectCase(line.state)


RULES: dict[type, Rule] = {
    nodes.ExpectItem: _expect_item,
    nodes.ExpectTask: _expect_task,
    nodes.ExpectReached: _expect_reached,
    nodes.ExpectStep: _expect_step,
    nodes.ExpectDue: _expect_due,
    nodes.ExpectWaiting: _expect_waiting,
    nodes.ExpectApproval: _expect_approval,
    nodes.ExpectGate: _expect_gate,
    nodes.ExpectRefused: _expect_refused,
    nodes.ExpectNotified: _expect_notified,
    nodes.ExpectNobodyNotified: _expect_nobody,
    nodes.ExpectRule: _expect_rule,
    nodes.ExpectWarning: _expect_warning,
    nodes.ExpectFact: _expect_fact,
    nodes.ExpectCase: _expect_case,
}
