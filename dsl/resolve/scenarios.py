"""Scenarios: sentences of people, typed against facts, roles, items and approvals."""

from __future__ import annotations

from dsl import model, nodes
from dsl.diagnostic import Value
from dsl.resolve import acts, expectations
from dsl.resolve.desk import Desk
from dsl.resolve.examples import resolve_examples
from dsl.resolve.stage import Rule, Stage, at, facts_of, record_row
from dsl.resolve.targets import find_target
from dsl.resolve.types import titles_of, wire_value
from dsl.types import ListType


def resolve_scenario(desk: Desk, node: nodes.Scenario) -> model.Scenario:
    """A scenario; a line that is wrong has been reported and is left out."""
    stage = Stage(desk, node.id.text)
    lines: list[model.ScenarioLine] = []
    for line in node.lines:
        if isinstance(line, nodes.ExampleColumns | nodes.ExampleRow):
            continue
        found = _RULES[type(line)](stage, line)
        if found is not None:
            desk.place(f"lines.{len(lines)}", line)
            lines.append(found)
    return model.Scenario(
        node.id.text,
        titles_of(desk, node.title, node.titles),
        tuple(lines),
        resolve_examples(stage, node.lines),
        node.must_fail.text if node.must_fail else None,
    )


def _given_as(stage: Stage, line: nodes.GivenAs) -> model.ScenarioLine | None:
    """What another scenario is given, which may be as in a third one, but never as in this one."""
    scenarios = stage.desk.book.of("scenario")
    if stage.desk.find("scenario", line.scenario) is None:
        return None
    seen: set[str] = set()
    todo = [line.scenario.text]
    while todo:
        name = todo.pop()
        if name not in seen and name in scenarios:
            seen.add(name)
            node: nodes.Scenario = scenarios[name].node
            todo.extend(one.scenario.text for one in node.lines if isinstance(one, nodes.GivenAs))
    if stage.name in seen:
        stage.desk.error("E481", line, {"name": stage.name}, hint=True)
        return None
    return model.GivenAs(line.scenario.text)


def _given_facts(stage: Stage, line: nodes.GivenFacts) -> model.ScenarioLine | None:
    if _is_row(stage.desk, line):
        return None
    values = facts_of(stage, line.entries)
    return model.GivenFacts(values) if values else None


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
    row = record_row(stage.desk, record, line.entries, line.fact)
    if row is not None:
        _key_once(stage, fact.id, record.key, line)
    return None if row is None else model.GivenFacts(((fact.id, [row]),))


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
    return model.SystemAnswers(line.system.text, line.operation.text, line.ok, at(stage, line.at))


def _feed_record(stage: Stage, name: nodes.Name) -> model.Record | None:
    symbol = stage.desk.book.of("feed").get(stage.desk.find("feed", name) or "")
    return None if symbol is None else stage.desk.book.records.get(symbol.node.record.text)


def _feed_reports(stage: Stage, line: nodes.FeedReports) -> model.ScenarioLine | None:
    record = _feed_record(stage, line.feed)
    if record is None:
        return None
    row = record_row(stage.desk, record, line.entries, line.feed)
    return None if row is None else model.FeedReports(line.feed.text, row, at(stage, line.at))


def _feed_drops(stage: Stage, line: nodes.FeedDrops) -> model.ScenarioLine | None:
    if _feed_record(stage, line.feed) is None:
        return None
    return model.FeedDrops(line.feed.text, line.key.text, at(stage, line.at))


def _start(stage: Stage, line: nodes.Start) -> model.ScenarioLine | None:
    instant = at(stage, line.at)
    process = stage.desk.find("process", line.process)
    if instant is None or (line.process is not None and process is None):
        return None
    return model.Start(instant, process)


def _wait(stage: Stage, line: nodes.WaitTime) -> model.ScenarioLine | None:
    instant = at(stage, line.at)
    return None if instant is None else model.WaitTime(instant)


def _fact_becomes(stage: Stage, line: nodes.FactBecomes) -> model.ScenarioLine | None:
    id_ = stage.desk.find("fact", line.fact)
    fact = stage.desk.book.facts.get(id_ or "")
    if fact is None:
        return None
    wire = wire_value(stage.desk, fact.type, line.value)
    return None if wire is None else model.FactBecomes(fact.id, wire, at(stage, line.at))


_RULES: dict[type, Rule] = {
    nodes.GivenFacts: _given_facts,
    nodes.GivenRow: _given_row,
    nodes.GivenPerson: _given_person,
    nodes.GivenBefore: _given_before,
    nodes.GivenAs: _given_as,
    nodes.SystemAnswers: _system_answers,
    nodes.Start: _start,
    nodes.WaitTime: _wait,
    nodes.FactBecomes: _fact_becomes,
    nodes.FeedReports: _feed_reports,
    nodes.FeedDrops: _feed_drops,
    **acts.RULES,
    **expectations.RULES,
}
