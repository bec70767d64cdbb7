"""What the lines of one scenario share while they are resolved: its clock, its people, its records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dsl import model, nodes
from dsl.expressions.tree import Wire
from dsl.resolve.desk import Desk
from dsl.resolve.expressions.literals import is_right
from dsl.resolve.types import wire_value

MORNING = "09:00"
"""When a line happens that names only a day."""


class Stage:
    """The scenario `name` while it is resolved."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk = desk
        self.name = name
        self.keys: dict[tuple[str, str], nodes.Node] = {}


Rule = Callable[[Stage, Any], model.ScenarioLine | None]
"""What a line means; None if it is wrong, which has been reported."""


def at(stage: Stage, node: nodes.Moment | None) -> str | None:
    """A local time of the rulebook's zone; a day alone is its morning."""
    if node is None or not is_right(stage.desk, node):
        return None
    if isinstance(node, nodes.Date):
        return f"{node.text}T{MORNING}"
    return f"{node.date.text}T{node.time.text.zfill(len(MORNING))}"


def who(stage: Stage, node: nodes.Who) -> model.Who | None:
    """A role, or a person by name."""
    if isinstance(node, nodes.Text):
        return model.Who(name=node.text)
    role = stage.desk.find("role", node)
    return None if role is None else model.Who(role)


def record_row(
    desk: Desk, record: model.Record, entries: tuple[nodes.Entry, ...], place: nodes.Name
) -> dict[str, Wire] | None:
    """A row of a record from what is said of it; None if it is wrong, which has been reported.

    Args:
        desk: takes the problems.
        record: what a row is.
        entries: what is said of this one.
        place: where a field is missing.
    """
    fields = {field.id: field for field in record.fields}
    row: dict[str, Wire] = {}
    wrong = False
    for entry in entries:
        field = fields.get(entry.name.text)
        if field is None:
            desk.no_field(record.id, entry.name, list(fields))
            wrong = True
            continue
        desk.use("field", entry.name, record.id)
        wire = wire_value(desk, field.type, entry.value)
        wrong = wrong or wire is None
        row[field.id] = wire
    named = {entry.name.text for entry in entries}
    for field in record.fields:
        missing = field.id not in named and field.default is None and not field.optional
        if missing and not wrong:
            desk.no_value(record.id, field.id, place)
            wrong = True
    return None if wrong else row


def facts_of(stage: Stage, entries: tuple[nodes.Entry, ...]) -> tuple[tuple[str, Wire], ...]:
    """The facts that entries name, with their values; what is wrong has been reported."""
    values: list[tuple[str, Wire]] = []
    for entry in entries:
        fact = stage.desk.book.facts.get(stage.desk.find("fact", entry.name) or "")
        if fact is None:
            continue
        wire = wire_value(stage.desk, fact.type, entry.value)
        if wire is not None:
            values.append((fact.id, wire))
    return tuple(values)
