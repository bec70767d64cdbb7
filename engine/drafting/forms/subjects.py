"""What conditions in forms may be about: facts of the case, fields of a record; and values as they are typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from dsl import nodes
from engine.drafting.clauses import name, quoted
from engine.drafting.draft import Draft
from engine.drafting.forms.asking import Ask, declarations

ORDERED = ("=", "!=", "<", "<=", ">", ">=")
COMPARED: dict[str, tuple[str, ...]] = {
    "text": ("=", "!="),
    "choice": ("=", "!="),
    "yes_no": ("=",),
    **dict.fromkeys(("integer", "number", "percent", "money", "date", "time", "datetime"), ORDERED),
}
"""How facts of a type can be compared; those of others are left to the text."""
NUMBER = r"-?\d+(?:\.\d+)?"
DATE, TIME = r"\d{4}-\d\d-\d\d", r"\d{1,2}:\d\d"
WRITTEN: dict[str, str] = {
    "integer": r"(-?\d+)",
    "number": f"({NUMBER})",
    "percent": f"({NUMBER}) *%?",
    "money": f"({NUMBER}) *([A-Z]{{3}})?",
    "date": f"({DATE})",
    "time": f"({TIME})",
    "datetime": f"({DATE} +{TIME})",
}


class Told(NamedTuple):
    """A fact or a field, as far as a condition needs it: `path` is how the language names it."""

    id: str
    path: tuple[str, ...]
    type: str
    optional: bool
    choices: tuple[tuple[str, str], ...]
    title: str = ""


def facts(draft: Draft, ask: Ask | None = None) -> dict[str, Told]:
    """The facts that can be compared, by id; with their titles where somebody is asked."""
    found = (one for one in declarations(draft) if isinstance(one, nodes.Fact))
    told = (_told(one, (one.id.text,), ask, ask.told(one) if ask else "") for one in found)
    return _first(told)


def fields(draft: Draft, list_: str, variable: str, ask: Ask | None = None) -> dict[str, Told]:
    """The fields of a record of a list that can be compared, by id."""
    known = list(declarations(draft))
    types = (one.type for one in known if isinstance(one, nodes.Fact) and one.id.text == list_)
    record = next((one.record.text for one in types if isinstance(one, nodes.ListType)), "")
    found = (one for one in known if isinstance(one, nodes.Record) and one.id.text == record)
    return _first(
        _told(field, (variable, field.id.text), ask, ask.titled(field) if ask else "")
        for one in found
        for field in one.fields
    )


def _told(
    one: nodes.Fact | nodes.Field, path: tuple[str, ...], ask: Ask | None, title: str
) -> Told:
    choices: tuple[tuple[str, str], ...] = ()
    type_: str = one.type.word if isinstance(one.type, nodes.SimpleType) else ""
    if isinstance(one.type, nodes.ChoiceType):
        type_ = "choice"
        choices = tuple(
            (each.id.text, ask.titled(each) if ask else "") for each in one.type.options
        )
    return Told(one.id.text, path, type_, one.optional, choices, title)


def _first(found: Iterable[Told]) -> dict[str, Told]:
    """The first of each id: the text goes before its bases."""
    known: dict[str, Told] = {}
    for one in found:
        if one.type in COMPARED:
            known.setdefault(one.id, one)
    return known


def literal(draft: Draft, type_: str, text: str) -> str:
    """A value as the language writes it; empty if it cannot be read."""
    if type_ == "text":
        return quoted(text) if text.strip() else ""
    if type_ == "choice":
        return name(text) if text else ""
    if type_ == "yes_no":
        return text
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "")
    found = re.fullmatch(WRITTEN[type_], plain, re.ASCII)
    if found is None:
        return ""
    if type_ == "money":
        return f"{found[1]} {found[2] or _currency(draft)}"
    return f"{found[1]}%" if type_ == "percent" else found[1]


def _currency(draft: Draft) -> str:
    header = draft.parsed.rulebook.header if draft.parsed.rulebook else None
    written = header.currency.text if header and header.currency else ""
    return draft.checked.rulebook.currency if draft.checked else written


def value_text(found: nodes.Expression) -> str | None:
    """What is written as a value, as a field holds it; None for what is none."""
    match found:
        case nodes.Text(text) | nodes.Number(text) | nodes.Date(text) | nodes.Time(text):
            return text
        case nodes.Percent(text):
            return f"{text}%"
        case nodes.Money(amount, currency):
            return f"{amount} {currency.text}"
        case nodes.AtTime(nodes.Date(date), nodes.Time(time)):
            return f"{date} {time}"
        case nodes.YesNo(value):
            return "yes" if value else "no"
        case nodes.Path((one,)):
            return one.text
        case _:
            return None
