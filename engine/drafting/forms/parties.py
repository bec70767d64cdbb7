"""Forms of roles, of the steps of an approval, and of reminders."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from dsl import nodes
from dsl.model import Channel
from engine.desk.fields import FieldView
from engine.drafting.clauses import HEAD, UNITS, Answers, Clauses, duration, name, quoted
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.conditions import (
    condition_fields,
    filled_rows,
    joined_conditions,
    lacking_value,
)
from engine.drafting.forms.shapes import Kind, Read

OF_ROLE = {
    "manager_of": "manager of",
    "head_of_department_of": "head of department of",
    "named_by": "named by",
}
"""Whoever is found by another role."""
OF_NAME = {
    "head_of_department": "head of department",
    "holder_of_post": "holder of post",
    "anyone_in_group": "anyone in group",
    "everyone_in_group": "everyone in group",
    "person": "person",
}
"""Whoever is found by a name from outside."""
ALONE = ("subject", "external")
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
PARTIES = ("giver", "receiver", "accountable")


def read_duration(found: nodes.Duration | None) -> dict[str, str] | None:
    """The fields of an amount; None if its unit is none that forms offer."""
    if found is None:
        return {"amount": "", "unit": "working_day"}
    return {"amount": str(found.amount), "unit": found.unit} if found.unit in UNITS else None


def read_role(draft: Draft, role: nodes.Role) -> Read | None:
    """What a role says, if it is found in one way."""
    del draft
    if len(role.resolvers) != 1:
        return None
    one = role.resolvers[0]
    within = read_duration(getattr(one, "within", None))
    if within is None or (isinstance(one, nodes.HolderOfPost) and one.department is not None):
        return None
    values = {"title": role.title.text, "who": NAMED[type(one)]}
    for field in ("role", "department", "post", "group", "person"):
        value = getattr(one, field, None)
        if value is not None:
            values["of" if field == "role" else "name"] = value.text
    return Read({**values, **within})


def read_step(draft: Draft, step: nodes.Step) -> Read | None:
    """What a step says, if one role decides it."""
    rows, within = filled_rows(draft, step.when), read_duration(step.within)
    if step.mode != "one" or step.chosen or rows is None or within is None:
        return None
    id_ = {"id": step.id.text} if step.id else {}
    return Read({"role": step.roles[0].text, **id_, **within, **rows})


def read_rung(draft: Draft, rung: nodes.Rung) -> Read | None:
    """What a reminder says, if it is for somebody whom forms can name."""
    del draft
    within = read_duration(rung.duration)
    if not isinstance(rung.party, nodes.PartyName) or within is None:
        return None
    party = rung.party.name.word or rung.party.name.text
    values = {"party": party, "direction": rung.direction, "channel": rung.channel, **within}
    return Read(values) if rung.escalates == (rung.direction == "after") else None


def _role_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    who = ask.choice("who", ask.words("who", (*ALONE, *OF_ROLE, *OF_NAME)), needed=True)
    yield who
    if who.value in OF_ROLE:
        yield ask.choice("of", ask.ids(nodes.Role), needed=True)
    if who.value in OF_NAME:
        yield ask.text("name", needed=True, title=ask.say(f"drafting.name.{who.value}"))
    if who.value == "named_by":
        yield from ask.time()


def _role_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    who = answers["who"]
    if who in OF_ROLE:
        is_ = f"{OF_ROLE[who]} {name(answers['of'])}"
    elif who in OF_NAME:
        is_ = f"{OF_NAME[who]} {quoted(answers['name'])}"
    else:
        is_ = who
    within = f" within {duration(answers)}" if who == "named_by" and duration(answers) else ""
    return {HEAD: f"role {name(answers['id'])} {quoted(answers['title'])} is {is_}{within}"}


def _lacking_role(draft: Draft, answers: Answers) -> str | None:
    del draft
    if answers["who"] in OF_ROLE and not answers.get("of"):
        return "drafting.no_role"
    if answers["who"] in OF_NAME and not answers.get("name", "").strip():
        return "drafting.no_name"
    return None


def _step_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Approval)
    yield ask.choice("role", ask.ids(nodes.Role), needed=True)
    yield from ask.time()
    yield from condition_fields(ask)


def _step_clauses(draft: Draft, answers: Answers) -> Clauses:
    id_ = f" as {name(answers['id'])}" if answers.get("id") else ""
    said = joined_conditions(draft, answers)
    when = f" when {said}" if said else ""
    within = f" within {duration(answers)}" if duration(answers) else ""
    return {"steps": f"step {name(answers['role'])}{id_}{when}{within}"}


def _rung_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Sla)
    parties = [*ask.words("party", PARTIES), *ask.ids(nodes.Role)]
    yield ask.choice("party", parties, needed=True)
    yield ask.text("amount", needed=True)
    yield ask.choice("unit", ask.words("unit", tuple(UNITS)))
    yield ask.choice("direction", ask.words("rung", ("before", "after")), needed=True)
    yield ask.choice("channel", [(one, ask.say(f"channel.{one}")) for one in get_args(Channel)])


def _rung_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    party = answers["party"]
    whom = party if party in PARTIES else name(party)
    begin = f"remind {whom}" if answers["direction"] == "before" else f"escalate to {whom}"
    when = f"{duration(answers)} {answers['direction']} due"
    return {"rungs": f"{begin} {when} by {answers['channel']}"}


def _lacking_amount(draft: Draft, answers: Answers) -> str | None:
    del draft
    return None if answers["amount"].strip() else "drafting.no_number"


ROLE = Kind(_role_fields, _role_clauses, _lacking_role)
STEP = Kind(_step_fields, _step_clauses, lacking_value, "approval", "steps")
REMINDER = Kind(_rung_fields, _rung_clauses, _lacking_amount, "sla", "rungs")
