"""Forms of roles, of the steps of an approval, and of reminders."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count, takewhile
from typing import get_args

from dsl import nodes
from dsl.model import Channel
from engine.desk.fields import FieldView
from engine.drafting.clauses import HEAD, UNITS, Answers, Clauses, duration, name, nth, quoted
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.conditions import lacking_value, of_case
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
    """What a role says: who it is, and who else where nobody is found."""
    del draft
    values = {"title": role.title.text}
    for number, one in enumerate(role.resolvers, start=1):
        found = _read_resolver(one)
        if found is None:
            return None
        values |= {nth(field, number): value for field, value in found.items()}
    return Read(values)


def _read_resolver(one: nodes.Resolver) -> dict[str, str] | None:
    within = read_duration(getattr(one, "within", None))
    if within is None:
        return None
    values = {"who": NAMED[type(one)], **within}
    for field in ("role", "post", "group", "person"):
        value = getattr(one, field, None)
        if value is not None:
            values["of" if field == "role" else "name"] = value.text
    department = getattr(one, "department", None)
    if department is not None:
        values["in" if isinstance(one, nodes.HolderOfPost) else "name"] = department.text
    return values


def read_step(draft: Draft, step: nodes.Step) -> Read | None:
    """What a step says, if one role decides it."""
    rows, within = of_case(draft).filled(step.when), read_duration(step.within)
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
    ways, title = ask.words("who", (*ALONE, *OF_ROLE, *OF_NAME)), ""
    for number in count(1):
        who = ask.choice(nth("who", number), ways, needed=number == 1, title=title)
        yield who
        yield from _who_fields(ask, who.value, number)
        if who.value in ("", *ALONE):
            return
        if number == 1:
            ways = [("", ask.say("drafting.none")), *ways]
            title = ask.say("drafting.field.otherwise")


def _who_fields(ask: Ask, who: str, number: int) -> Iterator[FieldView]:
    """What else there is to say of one way in which a role is found."""
    if who in OF_ROLE:
        title = ask.say("drafting.field.of")
        yield ask.choice(nth("of", number), ask.ids(nodes.Role), needed=True, title=title)
    if who in OF_NAME:
        yield ask.text(nth("name", number), needed=True, title=ask.say(f"drafting.name.{who}"))
    if who == "holder_of_post":
        yield ask.text(nth("in", number), title=ask.say("drafting.field.in"))
    if who == "named_by":
        yield from ask.time(number)


def _role_clauses(draft: Draft, answers: Answers) -> Clauses:
    del draft
    said = ", otherwise ".join(_resolver(answers, number) for number in _ways(answers))
    return {HEAD: f"role {name(answers['id'])} {quoted(answers['title'])} is {said}"}


def _ways(answers: Answers) -> Iterable[int]:
    """The numbers of the ways that are filled in."""
    return takewhile(lambda number: answers.get(nth("who", number)), count(1))


def _resolver(answers: Answers, number: int) -> str:
    who = answers[nth("who", number)]
    if who in OF_ROLE:
        within = duration(answers, number) if who == "named_by" else ""
        role = f"{OF_ROLE[who]} {name(answers[nth('of', number)])}"
        return f"{role} within {within}" if within else role
    if who not in OF_NAME:
        return who
    place = answers.get(nth("in", number), "").strip() if who == "holder_of_post" else ""
    found = f"{OF_NAME[who]} {quoted(answers[nth('name', number)])}"
    return f"{found} in department {quoted(place)}" if place else found


def _lacking_role(draft: Draft, answers: Answers) -> str | None:
    del draft
    for number in _ways(answers):
        who = answers[nth("who", number)]
        if who in OF_ROLE and not answers.get(nth("of", number)):
            return "drafting.no_role"
        if who in OF_NAME and not answers.get(nth("name", number), "").strip():
            return "drafting.no_name"
    return None


def _step_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Approval)
    yield ask.choice("role", ask.ids(nodes.Role), needed=True)
    yield from ask.time()
    yield from of_case(ask.draft, ask).fields(ask)


def _step_clauses(draft: Draft, answers: Answers) -> Clauses:
    id_ = f" as {name(answers['id'])}" if answers.get("id") else ""
    said = of_case(draft).joined(answers)
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
