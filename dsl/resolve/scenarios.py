"""Scenarios: sentences of people, typed against facts, roles, items and approvals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.expressions.tree import Wire
from dsl.resolve.book import Desk
from dsl.resolve.expressions.literals import is_right
from dsl.resolve.targets import find_missing, find_target, part_type
from dsl.resolve.types import titles_of, wire_value
from dsl.types import FileType, ListType

MORNING = "09:00"
"""When a line happens that names only a day."""

Rule = Callable[["Stage", Any], model.ScenarioLine | None]


class Stage:
    """One scenario while it is resolved."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys: dict[tuple[str, str], nodes.Node] = {}


def resolve_scenario(desk: Desk, node: nodes.Scenario) -> model.Scenario:
    """A scenario; a line that is wrong has been reported and is left out."""
    stage = Stage(desk)
    lines: list[model.ScenarioLine] = []
    for line in node.lines:
        found = _RULES[type(line)](stage, line)
        if found is not None:
            desk.place(f"lines.{len(lines)}", line)
            lines.append(found)
    return model.Scenario(node.id.text, titles_of(desk, node.title, node.titles), tuple(lines))


def _at(stage: Stage, node: nodes.Moment | None) -> str | None:
    if node is None or not is_right(stage.desk, node):
        return None
    if isinstance(node, nodes.Date):
        return f"{node.text}T{MORNING}"
    return f"{node.date.text}T{node.time.text.zfill(len(MORNING))}"


def _given_facts(stage: Stage, line: nodes.GivenFacts) -> model.ScenarioLine | None:
    values: list[tuple[str, Wire]] = []
    if _is_row(stage.desk, line):
        return None
    for entry in line.entries:
        id_ = stage.desk.find("fact", entry.name)
        fact = stage.desk.book.facts.get(id_ or "")
        if fact is None:
            continue
        wire = wire_value(stage.desk, fact.type, entry.value)
        if wire is not None:
            values.append((fact.id, wire))
    return model.GivenFacts(tuple(values)) if values else None


def _is_row(desk: Desk, line: nodes.GivenFacts) -> bool:
    """Reports fields of a record that stand without their list, all of them as one."""
    facts = desk.book.of("fact")
    names = {entry.name.text: entry.name for entry in line.entries if entry.name.text not in facts}
    for record in desk.book.records.values():
        if names and names.keys() <= {field.id for field in record.fields}:
            first = next(iter(names.values()))
            values: dict[str, Value] = {"name": first.text, "record": record.id}
            desk.error("E201", first, values, variant="row", hint=True)
            return True
    return False


def _given_row(stage: Stage, line: nodes.GivenRow) -> model.ScenarioLine | None:
    id_ = stage.desk.find("fact", line.fact)
    fact = stage.desk.book.facts.get(id_ or "")
    if fact is None:
        return None
    if not isinstance(fact.type, ListType):
        stage.desk.error("E311", line.fact, {"name": fact.id}, variant="row", hint=True, label=True)
        return None
    record = stage.desk.book.records.get(fact.type.record)
    if record is None:
        return None
    row = _row(stage.desk, record, line)
    if row is not None:
        _key_once(stage, fact.id, record.key, line)
    return None if row is None else model.GivenFacts(((fact.id, [row]),))


def _row(desk: Desk, record: model.Record, line: nodes.GivenRow) -> dict[str, Wire] | None:
    fields = {field.id: field for field in record.fields}
    row: dict[str, Wire] = {}
    wrong = False
    for entry in line.entries:
        field = fields.get(entry.name.text)
        if field is None:
            desk.no_field(record.id, entry.name, list(fields))
            wrong = True
            continue
        desk.use("field", entry.name, record.id)
        wire = wire_value(desk, field.type, entry.value)
        wrong = wrong or wire is None
        row[field.id] = wire
    named = {entry.name.text for entry in line.entries}
    for field in record.fields:
        missing = field.id not in named and field.default is None and not field.optional
        if missing and not wrong:
            desk.no_value(record.id, field.id, line.fact)
            wrong = True
    return None if wrong else row


def _key_once(stage: Stage, fact: str, key: str, line: nodes.GivenRow) -> None:
    for entry in line.entries:
        if entry.name.text != key or not isinstance(entry.value, nodes.Text):
            continue
        first = stage.keys.setdefault((fact, entry.value.text), entry.value)
        if first is not entry.value:
            where = stage.desk.label(first, "E202.first")
            values: dict[str, Value] = {"value": entry.value.text, "field": key}
            stage.desk.error("E355", entry.value, values, others=(where,), variant="row")


def _given_person(stage: Stage, line: nodes.GivenPerson) -> model.ScenarioLine | None:
    role = stage.desk.find("role", line.role)
    return None if role is None else model.GivenPerson(role, line.person.text)


def _given_before(stage: Stage, line: nodes.GivenBefore) -> model.ScenarioLine | None:
    kinds = ("approval", "item", "gate", "action", "access", "document")
    target = find_target(stage.desk, line.target, kinds, one=False)
    return None if target is None else model.GivenBefore(target)


def _system_answers(stage: Stage, line: nodes.SystemAnswers) -> model.ScenarioLine | None:
    asked = f"{line.system.text}.{line.operation.text}"
    calls = {
        f"{call.system.text}.{call.operation.text}"
        for action in stage.desk.book.of("action").values()
        if (call := action.node.call) is not None
    }
    if asked not in calls:
        values: dict[str, Value] = {"asked": asked, "calls": stage.desk.terms(sorted(calls))}
        variant = "" if calls else "none"
        stage.desk.error("E411", line, values, variant=variant, hint=True)
        return None
    at = _at(stage, line.at)
    return model.SystemAnswers(line.system.text, line.operation.text, at=at)


def _start(stage: Stage, line: nodes.Start) -> model.ScenarioLine | None:
    at = _at(stage, line.at)
    process = stage.desk.find("process", line.process)
    if at is None or (line.process is not None and process is None):
        return None
    return model.Start(at, process)


def _wait(stage: Stage, line: nodes.WaitTime) -> model.ScenarioLine | None:
    at = _at(stage, line.at)
    return None if at is None else model.WaitTime(at)


def _fact_becomes(stage: Stage, line: nodes.FactBecomes) -> model.ScenarioLine | None:
    id_ = stage.desk.find("fact", line.fact)
    fact = stage.desk.book.facts.get(id_ or "")
    at = _at(stage, line.at)
    if fact is None:
        return None
    wire = wire_value(stage.desk, fact.type, line.value)
    return None if wire is None else model.FactBecomes(fact.id, wire, at)


_VERBS: dict[str, tuple[str, ...]] = {
    "approve": ("approval",),
    "reject": ("approval",),
    "return": ("approval",),
    "resubmit": ("approval",),
    "name": ("role",),
    "hand_over": ("item",),
    "count": ("item",),
    "call_back": ("item",),
    "state_cause": ("item",),
    "confirm_cause": ("item",),
    "refuse_cause": ("item",),
    "sign": ("item", "document"),
    "refuse": ("item", "document"),
    "waive": ("item", "gate"),
    "complete": ("action", "access"),
    "withdraw": (),
    "cancel": (),
    "suspend": ("item", "approval", "action", "access"),
    "resume": ("item", "approval", "action", "access"),
}


_OF_CASE = ("suspend", "resume")
"""Acts about one thing, or about the whole case."""


def _act(stage: Stage, line: nodes.Act) -> model.ScenarioLine | None:
    desk = stage.desk
    role = desk.find("role", line.role)
    target = None
    if line.target is not None and _VERBS[line.verb]:
        target = find_target(desk, line.target, _VERBS[line.verb], one=True)
    content = _content(desk, target, line)
    items = tuple(find_target(desk, one, ("item",), one=True) for one in line.items)
    at = _at(stage, line.at)
    whole = line.target is None and line.verb in _OF_CASE
    lacking = target is None and bool(_VERBS[line.verb]) and not whole
    if role is None or lacking or None in items:
        return None
    return model.Act(
        role,
        line.verb,
        target,
        line.count,
        line.text.text if line.text else None,
        line.person.text if line.person else None,
        content,
        tuple(one for one in items if one is not None),
        at,
    )


def _content(
    desk: Desk, target: model.Target | None, line: nodes.Act
) -> tuple[tuple[str, Wire], ...]:
    if target is None:
        return ()
    found: list[tuple[str, Wire]] = []
    for entry in line.content:
        type_ = part_type(desk, target.id, entry.name)
        if type_ is None:
            continue
        if isinstance(type_, FileType) and isinstance(entry.value, nodes.Text):
            found.append((entry.name.text, entry.value.text))
            continue
        wire = wire_value(desk, type_, entry.value)
        if wire is not None:
            found.append((entry.name.text, wire))
    return tuple(found)


def _expect_item(stage: Stage, line: nodes.ExpectItem) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, ("item", "document"), one=False)
    return None if target is None else model.ExpectItem(target, line.state)


def _expect_due(stage: Stage, line: nodes.ExpectDue) -> model.ScenarioLine | None:
    target = find_target(stage.desk, line.target, ("item",), one=False)
    if not is_right(stage.desk, line.date) or target is None:
        return None
    return model.ExpectDue(target, line.date.text)


def _expect_approval(stage: Stage, line: nodes.ExpectApproval) -> model.ScenarioLine | None:
    approval = stage.desk.find("approval", line.approval)
    role = stage.desk.find("role", line.role)
    if approval is None or (line.role is not None and role is None):
        return None
    return model.ExpectApproval(approval, line.state, role)


def _expect_gate(stage: Stage, line: nodes.ExpectGate) -> model.ScenarioLine | None:
    gate = stage.desk.find("gate", line.gate)
    because = None
    if line.because is not None:
        because = find_target(stage.desk, line.because, ("item", "approval"), one=False)
    return None if gate is None else model.ExpectGate(gate, line.open, because)


def _expect_refused(stage: Stage, line: nodes.ExpectRefused) -> model.ScenarioLine | None:
    if line.missing is None:
        return model.ExpectRefused(line.reason)
    missing = find_missing(stage.desk, line.missing)
    return None if missing is None else model.ExpectRefused(line.reason, missing)


def _expect_notified(stage: Stage, line: nodes.ExpectNotified) -> model.ScenarioLine | None:
    role = stage.desk.find("role", line.role)
    about = None
    if line.about is not None:
        kinds = ("item", "approval", "action", "access", "document", "gate", "rule")
        about = find_target(stage.desk, line.about, kinds, one=False)
    return None if role is None else model.ExpectNotified(role, line.channel, about)


def _expect_nobody(_stage: Stage, line: nodes.ExpectNobodyNotified) -> model.ScenarioLine | None:
    return model.ExpectNobodyNotified(line.group.text)


def _expect_rule(stage: Stage, line: nodes.ExpectRule) -> model.ScenarioLine | None:
    rule = stage.desk.find("rule", line.rule)
    return None if rule is None else model.ExpectRule(rule, line.acted)


def _expect_fact(stage: Stage, line: nodes.ExpectFact) -> model.ScenarioLine | None:
    fact = stage.desk.book.facts.get(stage.desk.find("fact", line.fact) or "")
    if fact is None:
        return None
    wire = wire_value(stage.desk, fact.type, line.value)
    return None if wire is None else model.ExpectFact(fact.id, wire)


def _expect_case(_stage: Stage, line: nodes.ExpectCase) -> model.ScenarioLine | None:
    return model.ExpectCase(line.state)


_RULES: dict[type, Rule] = {
    nodes.GivenFacts: _given_facts,
    nodes.GivenRow: _given_row,
    nodes.GivenPerson: _given_person,
    nodes.GivenBefore: _given_before,
    nodes.SystemAnswers: _system_answers,
    nodes.Start: _start,
    nodes.WaitTime: _wait,
    nodes.FactBecomes: _fact_becomes,
    nodes.Act: _act,
    nodes.ExpectItem: _expect_item,
    nodes.ExpectDue: _expect_due,
    nodes.ExpectApproval: _expect_approval,
    nodes.ExpectGate: _expect_gate,
    nodes.ExpectRefused: _expect_refused,
    nodes.ExpectNotified: _expect_notified,
    nodes.ExpectNobodyNotified: _expect_nobody,
    nodes.ExpectRule: _expect_rule,
    nodes.ExpectFact: _expect_fact,
    nodes.ExpectCase: _expect_case,
}
