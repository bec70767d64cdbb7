"""Forms of facts and items, and of what an item asks for: contents and evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count, takewhile

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.clauses import (
    HEAD,
    UNITS,
    Answers,
    Clauses,
    duration,
    id_of,
    name,
    nth,
    quoted,
)
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask
from engine.drafting.forms.conditions import lacking_value, of_case, of_records
from engine.drafting.forms.options import option_fields, options, read_options
from engine.drafting.forms.parties import read_duration
from engine.drafting.forms.shapes import Kind, Read
from engine.drafting.forms.subjects import WRITTEN, literal, value_text

TYPES = (
    "text", "yes_no", "choice", "date", "integer", "number", "money", "percent", "file",
    "time", "datetime", "duration", "person", "department",
)  # fmt: skip
LIST = "list:"
"""In front of the id of a record: a list of such."""
BOUNDED = ("integer", "number")
BOUNDS = re.compile(r" *(\d+(?:\.\d+)?) *(?:\.\.|-|~|to|至|到) *(\d+(?:\.\d+)?) *")


def read_item(draft: Draft, item: nodes.Item) -> Read:
    """What an item says, as far as a form can say it."""
    rows, due = of_case(draft).filled(item.applies), _read_due(item)
    each = _read_each(draft, item.each)
    kept = {"applies": rows is None, "due": due is None, "each": each is None}
    values = {"title": item.title.text, **(rows or {}), **(due or {}), **(each or {})}
    for field in ("giver", "receiver", "accountable"):
        found = getattr(item, field)
        values[field] = found.text if found is not None else ""
    return Read(values, frozenset(line for line, is_kept in kept.items() if is_kept))


def read_content(draft: Draft, found: nodes.Content | nodes.Evidence) -> Read | None:
    """What a line that asks for something says, if a form can say all of it."""
    rows, type_ = of_case(draft).filled(found.when), _read_type(found.type)
    if rows is None:
        return None
    values = {"id": found.id.text, "title": found.title.text, **type_, **rows}
    values["titles"] = "".join(
        f" {one.language.text} {quoted(one.text.text)}" for one in found.titles
    )
    values["optional"] = "yes" if found.optional else "no"
    if isinstance(found, nodes.Evidence):
        values["source"] = found.source.text if found.source else ""
    elif found.bounds is not None:
        values["bounds"] = f"{found.bounds.low.text}..{found.bounds.high.text}"
    return Read(values)


def read_fact(draft: Draft, fact: nodes.Fact) -> Read | None:
    """What a fact says, if a form can say all of it."""
    del draft
    type_ = _read_type(fact.type)
    default = value_text(fact.default) if fact.default is not None else ""
    if default is None:
        return None
    values = {"title": fact.title.text, **type_, "optional": "yes" if fact.optional else "no"}
    values |= {"feed": fact.feed.text if fact.feed else "", "default": default}
    for field, roles in (("private_to", fact.private_to), ("set_by", fact.set_by)):
        values |= {nth(field, number): one.text for number, one in enumerate(roles, start=1)}
    if fact.bounds is not None:
        values["bounds"] = f"{fact.bounds.low.text}..{fact.bounds.high.text}"
    return Read(values)


def _read_each(draft: Draft, found: nodes.ForEach | None) -> dict[str, str] | None:
    if found is None:
        return {"each": ""}
    each, one = found.over.text, found.variable.text
    rows = of_records(draft, each, one).filled(found.where)
    return None if rows is None else {"each": each, "one": one, **rows}


def _read_due(item: nodes.Item) -> dict[str, str] | None:
    shift = item.due if isinstance(item.due, nodes.Shift) else None
    base, within = (
        shift.base if shift else item.due,
        read_duration(shift.duration if shift else None),
    )
    if item.within is not None or within is None:
        return None
    if base is None:
        return {"fact": "", "direction": "before", **within}
    if not (isinstance(base, nodes.Path) and len(base.names) == 1):
        return None
    direction = shift.direction if shift else "before"
    return {"fact": base.names[0].text, "direction": direction, **within}


def _read_type(found: nodes.TypeNode) -> dict[str, str]:
    if isinstance(found, nodes.SimpleType):
        return {"type": found.word}
    if isinstance(found, nodes.ListType):
        return {"type": f"{LIST}{found.record.text}"}
    return {"type": "choice", **read_options(found)}


def _item_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    for field, needed in (("giver", True), ("receiver", True), ("accountable", False)):
        yield ask.choice(field, ask.some(nodes.Role), needed=needed)
    yield ask.text("evidence")
    if "due" not in ask.kept:
        dates = [one for one in ask.declared(nodes.Fact) if _is_date(one)]
        fact = ask.choice(
            "fact",
            [("", ask.say("drafting.none")), *((one.id.text, ask.told(one)) for one in dates)],
        )
        yield fact
        if fact.value:
            yield ask.text("amount")
            yield ask.choice("unit", ask.words("unit", tuple(UNITS)))
            yield ask.choice("direction", ask.words("direction", ("before", "after")))
    lists = [(one.id.text, ask.told(one)) for one in ask.declared(nodes.Fact) if _is_list(one)]
    if lists and "each" not in ask.kept:
        each = ask.choice("each", [("", ask.say("drafting.none")), *lists])
        yield each
        if each.value:
            yield from of_records(ask.draft, each.value, _variable(ask.values), ask).fields(ask)
    if "applies" not in ask.kept:
        yield from of_case(ask.draft, ask).fields(ask)


def _variable(answers: Answers) -> str:
    """What one of a list is called."""
    return answers.get("one") or "one"


def _is_list(fact: nodes.Declared) -> bool:
    return isinstance(fact, nodes.Fact) and isinstance(fact.type, nodes.ListType)


def _is_date(fact: nodes.Declared) -> bool:
    type_ = fact.type if isinstance(fact, nodes.Fact) else None
    return isinstance(type_, nodes.SimpleType) and type_.word in ("date", "datetime")


def _item_clauses(draft: Draft, answers: Answers) -> Clauses:
    found = {HEAD: f"item {name(answers['id'])} {quoted(answers['title'])}"}
    applies = of_case(draft).joined(answers)
    if applies:
        found["applies"] = f"applies when {applies}"
    if answers.get("each"):
        one = _variable(answers)
        where = of_records(draft, answers["each"], one).joined(answers)
        where = f" where {where}" if where else ""
        found["each"] = f"for each {name(one)} in {name(answers['each'])}{where}"
    if answers["giver"] and answers["receiver"]:
        found["giver"] = f"from {name(answers['giver'])} to {name(answers['receiver'])}"
    if answers["accountable"]:
        found["accountable"] = f"accountable {name(answers['accountable'])}"
    if answers.get("evidence", "").strip():
        evidence = answers["evidence"]
        found["evidence"] = f"evidence {name(id_of(evidence))} {quoted(evidence)} file"
    if answers.get("fact"):
        before = f"{duration(answers)} {answers['direction']} " if duration(answers) else ""
        found["due"] = f"due {before}{name(answers['fact'])}"
    return found


def _lacking_item(draft: Draft, answers: Answers) -> str | None:
    if bool(answers["giver"]) != bool(answers["receiver"]):
        return "drafting.one_side"
    each = answers.get("each", "")
    problem = of_records(draft, each, _variable(answers)).lacking(answers) if each else None
    return problem or lacking_value(draft, answers)


def _type_fields(ask: Ask, types: tuple[str, ...] = TYPES) -> Iterator[FieldView]:
    lists = [
        (f"{LIST}{id_}", f"{ask.say('drafting.list')} {told}")
        for id_, told in ask.ids(nodes.Record)
    ]
    type_ = ask.choice("type", [*ask.words("type", types), *lists], needed=True)
    yield type_
    if type_.value == "choice":
        yield from option_fields(ask)
    if type_.value in BOUNDED:
        yield ask.text("bounds")
    yield ask.choice("optional", reversed(ask.truth()))


def _type(answers: Answers) -> str:
    type_ = answers["type"]
    if type_.startswith(LIST):
        return f"list of {name(type_.removeprefix(LIST))}"
    if type_ == "choice":
        return "choice " + ", ".join(one.said for one in options(answers))
    found = BOUNDS.fullmatch(answers.get("bounds", "")) if type_ in BOUNDED else None
    return type_.replace("yes_no", "yes/no") + (f" {found[1]}..{found[2]}" if found else "")


def _lacking_type(draft: Draft, answers: Answers) -> str | None:
    bounds = answers.get("bounds", "").strip() if answers["type"] in BOUNDED else ""
    if bounds and not BOUNDS.fullmatch(bounds):
        return "drafting.no_bounds"
    if answers["type"] == "choice" and not any(options(answers)):
        return "drafting.no_options"
    return lacking_value(draft, answers)


def _asked(word: str, answers: Answers, rest: str) -> str:
    id_ = answers["id"]
    optional = " optional" if answers["optional"] == "yes" else ""
    title = f"{quoted(answers['title'])}{answers.get('titles', '')}"
    return f"{word} {name(id_)} {title} {_type(answers)}{optional}{rest}"


def _when(draft: Draft, answers: Answers) -> str:
    said = of_case(draft).joined(answers)
    return f" when {said}" if said else ""


def _content_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Item)
    yield from ask.named()
    yield from _type_fields(ask)
    yield from of_case(ask.draft, ask).fields(ask)


def _content_clauses(draft: Draft, answers: Answers) -> Clauses:
    return {"contents": _asked("provide", answers, _when(draft, answers))}


def _evidence_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.into(nodes.Item)
    yield from ask.named()
    yield from _type_fields(ask, ("file", *(one for one in TYPES if one != "file")))
    yield ask.choice("source", ask.some(nodes.Role))
    yield from of_case(ask.draft, ask).fields(ask)


def _evidence_clauses(draft: Draft, answers: Answers) -> Clauses:
    source = f" from {name(answers['source'])}" if answers.get("source") else ""
    return {"evidence": _asked("evidence", answers, source + _when(draft, answers))}


def _fact_fields(ask: Ask) -> Iterator[FieldView]:
    yield from ask.named()
    yield from _type_fields(ask, tuple(one for one in TYPES if one != "file"))
    if ask.value("type") == "yes_no":
        yield ask.choice("default", [("", ask.say("drafting.none")), *ask.truth()])
    elif ask.value("type") == "choice":
        known = [(one.id, one.title) for one in options(ask.values)]
        yield ask.choice("default", [("", ask.say("drafting.none")), *known])
    elif ask.value("type") in WRITTEN:
        yield ask.text("default")
    if any(ask.declared(nodes.Feed)):
        yield ask.choice("feed", ask.some(nodes.Feed))
    yield from ask.several("private_to", ask.some(nodes.Role))
    yield from ask.several("set_by", ask.some(nodes.Role))


def _default(draft: Draft, answers: Answers) -> str:
    """What a fact is until somebody says otherwise."""
    text, type_ = answers.get("default", "").strip(), answers["type"]
    if not text or type_ not in (*WRITTEN, "choice", "text", "yes_no"):
        return ""
    return literal(draft, type_, text)


def _lacking_fact(draft: Draft, answers: Answers) -> str | None:
    if answers.get("default", "").strip() and not _default(draft, answers):
        return "drafting.unreadable"
    return _lacking_type(draft, answers)


def _fact_clauses(draft: Draft, answers: Answers) -> Clauses:
    default = _default(draft, answers)
    default = f" default {default}" if default else ""
    feed = f" from {name(answers['feed'])}" if answers.get("feed") else ""
    roles = [_roles(" private to ", "private_to", answers), _roles(" set by ", "set_by", answers)]
    return {HEAD: _asked("fact", answers, "".join([default, feed, *roles]))}


def _roles(words: str, field: str, answers: Answers) -> str:
    """A part of a line that names roles; empty without any."""
    ids = takewhile(bool, (answers.get(nth(field, number), "") for number in count(1)))
    found = ", ".join(map(name, dict.fromkeys(ids)))
    return f"{words}{found}" if found else ""


ITEM = Kind(_item_fields, _item_clauses, _lacking_item)
CONTENT = Kind(_content_fields, _content_clauses, _lacking_type, "item", "contents")
EVIDENCE = Kind(_evidence_fields, _evidence_clauses, _lacking_type, "item", "evidence")
FACT = Kind(
    _fact_fields,
    _fact_clauses,
    _lacking_fact,
    head=("optional", "default", "bounds", "feed", "private_to", "set_by"),
)
