"""What stands in a form at first: what the text already says, as far as a form can say it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from dsl import nodes
from dsl.model import Channel
from engine.desk.fields import FieldView
from engine.drafting.clauses import UNITS, Answers
from engine.drafting.draft import Draft, Part

Filled = tuple[Literal["role", "item", "step", "reminder"], dict[str, str]]
NAMED: dict[type, str] = {
    nodes.ManagerOf: "manager_of",
    nodes.HeadOfDepartmentOf: "head_of_department_of",
    nodes.NamedBy: "named_by",
    nodes.HeadOfDepartment: "head_of_department",
    nodes.HolderOfPost: "holder_of_post",
    nodes.AnyoneIn: "anyone_in_group",
    nodes.EveryoneIn: "everyone_in_group",
    nodes.ThePerson: "person",
    nodes.Subject: "subject",
    nodes.External: "external",
}


def channels() -> tuple[str, ...]:
    """The ways in which a notice goes out."""
    return get_args(Channel)


def initial(fields: Iterable[FieldView]) -> dict[str, str]:
    """What stands in the fields of a form at first."""
    return {one.id: one.value for one in fields}


def filled(draft: Draft, part: Part, offset: int) -> Filled | None:
    """The form of a declaration or of one of its lines; None where a form cannot say all of it."""
    found = next((one for one in _nodes(draft) if one.start == part.start), None)
    match found.declaration if found else None:
        case nodes.Role() as role:
            return _role(role)
        case nodes.Item() as item:
            return _item(item)
        case nodes.Approval() as approval:
            place = offset - part.start
            return next((_step(step) for step in approval.steps if _on(step.span, place)), None)
        case nodes.Sla() as sla:
            place = offset - part.start
            return next((_rung(rung) for rung in sla.rungs if _on(rung.span, place)), None)
        case _:
            return None


def _nodes(draft: Draft) -> tuple[nodes.Part, ...]:
    return draft.parsed.rulebook.parts if draft.parsed.rulebook else ()


def _on(span: tuple[int, int], place: int) -> bool:
    return span[0] - 2 <= place <= span[1]


def _role(role: nodes.Role) -> Filled | None:
    if len(role.resolvers) != 1 or type(role.resolvers[0]) not in NAMED:
        return None
    one = role.resolvers[0]
    if isinstance(one, nodes.HolderOfPost) and one.department is not None:
        return None
    values = {"title": role.title.text, "who": NAMED[type(one)], "of": "", "name": ""}
    for field in ("role", "department", "post", "group", "person"):
        value = getattr(one, field, None)
        if value is not None:
            values["of" if field == "role" else "name"] = value.text
    return "role", {**values, **_duration(getattr(one, "within", None))}


def _item(item: nodes.Item) -> Filled | None:
    values = {"title": item.title.text, "fact": "", "direction": "before"}
    for field in ("giver", "receiver", "accountable"):
        name = getattr(item, field)
        values[field] = name.text if name is not None else ""
    shift = item.due if isinstance(item.due, nodes.Shift) else None
    due = shift.base if shift else item.due
    if due is not None and not (isinstance(due, nodes.Path) and len(due.names) == 1):
        return None
    if shift is not None and shift.duration.unit not in UNITS:
        return None
    if isinstance(due, nodes.Path):
        values["fact"] = due.names[0].text
    if shift is not None:
        values["direction"] = shift.direction
    return "item", {**values, **_duration(shift.duration if shift else None)}


def _step(step: nodes.Step) -> Filled | None:
    plain = step.mode == "one" and not (step.id or step.when or step.chosen)
    if not plain:
        return None
    return "step", {"role": step.roles[0].text, **_duration(step.within)}


def _rung(rung: nodes.Rung) -> Filled | None:
    if not isinstance(rung.party, nodes.PartyName) or rung.duration.unit not in UNITS:
        return None
    values: Answers = {
        "party": rung.party.name.word or rung.party.name.text,
        "direction": rung.direction,
        "channel": rung.channel,
        **_duration(rung.duration),
    }
    if rung.escalates != (rung.direction == "after"):
        return None
    return "reminder", dict(values)


def _duration(found: nodes.Duration | None) -> dict[str, str]:
    if found is None or found.unit not in UNITS:
        return {"amount": "", "unit": "working_day"}
    return {"amount": str(found.amount), "unit": found.unit}
