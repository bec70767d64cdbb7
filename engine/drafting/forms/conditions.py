"""Conditions in rows of what, how and value; a row more is always offered.

A row is joined to those above it by `and`, or by `or` begins another way in which the condition holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, takewhile
from typing import NamedTuple

from msgspec import structs

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.clauses import Answers, name, quoted
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
ASKED = ("known", "unknown")
"""What can be asked of a fact that may be missing; neither wants a value."""
ITEM_STATES = ("done", "open", "waiting", "handed_over", "overdue", "not_applicable")
APPROVAL_STATES = ("approved", "rejected")
ALL_ITEMS = "items:"
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


class Row(NamedTuple):
    """One part of a condition: `fact:ID`, `item:ID`, `approval:ID` or `items:`, and what is asked of it.

    `join` is how it hangs on the rows above it.
    """

    what: str
    how: str = ""
    value: str = ""
    join: str = "and"


class _Told(NamedTuple):
    """A fact, as far as a condition needs it."""

    id: str
    type: str
    optional: bool
    choices: tuple[tuple[str, str], ...]


def condition_fields(ask: Ask) -> Iterator[FieldView]:
    """The fields of the rows that are filled in, and of one more."""
    facts = _facts(ask.draft, ask)
    for number in range(1, len(_rows(ask.values)) + 2):
        yield from _row_fields(ask, number, facts)


def conditions(draft: Draft, answers: Answers) -> dict[int, str]:
    """What the rows say in English, each by itself, by their numbers; all in the first where one is enough.

    Rows that are empty say nothing.
    """
    facts, ways = _facts(draft), _ways(answers)
    if len(ways) > 1:
        return {1: joined_conditions(draft, answers)}
    found = ((number, row) for way in ways for number, row in way.items())
    return {number: _atom(draft, row, facts, set()) for number, row in found}


def joined_conditions(draft: Draft, answers: Answers) -> str:
    """All rows in one condition; empty if there is none."""
    ways = [_all_of(draft, way.values()) for way in _ways(answers)]
    return " or ".join(f"({way})" for way in ways) if len(ways) > 1 else "".join(ways)


def _all_of(draft: Draft, rows: Iterable[Row]) -> str:
    """Rows that must hold together: whether a value is known is asked once."""
    facts, known = _facts(draft), set[str]()
    return " and ".join(_atom(draft, row, facts, known) for row in rows)


def _ways(answers: Answers) -> list[dict[int, Row]]:
    """The rows that are filled in, by their numbers, in groups of which one is enough."""
    ways: list[dict[int, Row]] = []
    for number, row in enumerate(_rows(answers), start=1):
        if row.what:
            if not ways or row.join == "or":
                ways.append({})
            ways[-1][number] = row
    return ways


def lacking_value(draft: Draft, answers: Answers) -> str | None:
    """The message id of what is wrong with a row; None if they will do."""
    facts = _facts(draft)
    for row in _rows(answers):
        fact = facts.get(row.what.partition(":")[2])
        asks = row.what.startswith("fact:") and row.how not in ASKED
        if asks and (fact is None or not literal(draft, fact.type, row.value)):
            return "drafting.unreadable"
    return None


def filled_rows(draft: Draft, found: nodes.Expression | None) -> dict[str, str] | None:
    """What stands in the rows of a condition; None if rows cannot say it."""
    facts, rows = _facts(draft), list[Row | None]()
    for way in found.parts if isinstance(found, nodes.Or) else (found,):
        if way is not None:
            first, *rest = [_read(one, facts) for one in _parts(way)]
            rows += [first and first._replace(join="or" if rows else "and"), *rest]
    return _filled(rows)


def filled_lines(draft: Draft, found: Iterable[nodes.Expression]) -> dict[str, str] | None:
    """What stands in the rows of conditions on lines of their own; None if rows cannot say it."""
    lines, facts = tuple(found), _facts(draft)
    if len(lines) == 1 and isinstance(lines[0], nodes.Or):
        return filled_rows(draft, lines[0])
    return _filled([_read(one, facts) for one in lines])


def _parts(found: nodes.Expression) -> tuple[nodes.Expression, ...]:
    return found.parts if isinstance(found, nodes.And) else (found,)


def _filled(rows: Iterable[Row | None]) -> dict[str, str] | None:
    """The values of rows; None if one of them is none."""
    values: dict[str, str] = {}
    for number, row in enumerate(rows, start=1):
        if row is None:
            return None
        values |= {f"{field}{number}": value for field, value in row._asdict().items()}
    return values


def _rows(values: Mapping[str, str]) -> list[Row]:
    """The rows up to the last one that says something."""
    numbers = takewhile(lambda number: f"what{number}" in values, count(1))
    rows = [
        Row(*(values.get(f"{field}{number}", "") for field in Row._fields)) for number in numbers
    ]
    while rows and not rows[-1].what:
        rows.pop()
    return rows


def _row_fields(ask: Ask, number: int, facts: Mapping[str, _Told]) -> Iterator[FieldView]:
    what = _offered(ask, "what", _subjects(ask, facts), number)
    yield what
    kind, _, id_ = what.value.partition(":")
    if kind and number > 1:
        yield _offered(ask, "join", ask.words("join", ("and", "or")), number)
    if kind == "item":
        yield _offered(ask, "how", ask.words("state", ITEM_STATES), number)
    elif kind == "approval":
        yield _offered(ask, "how", ask.words("state", APPROVAL_STATES), number)
    elif kind == "fact" and id_ in facts:
        yield from _fact_fields(ask, number, facts[id_])


def _fact_fields(ask: Ask, number: int, fact: _Told) -> Iterator[FieldView]:
    hows = (*COMPARED[fact.type], *(ASKED if fact.optional else ()))
    how = _offered(ask, "how", ask.words("how", hows), number)
    if len(hows) > 1:
        yield how
    if how.value in ASKED:
        return
    if fact.type == "yes_no":
        yield _offered(
            ask,
            "value",
            ask.truth(),
            number,
        )
    elif fact.choices:
        yield _offered(ask, "value", fact.choices, number)
    else:
        title = f"{number}. {ask.say(f'drafting.value.{fact.type}')}"
        field = ask.text(f"value{number}", title=title)
        # What was typed for a fact of another type is not carried on.
        is_read = bool(literal(ask.draft, fact.type, field.value))
        yield field if is_read else structs.replace(field, value="")


def _offered(ask: Ask, name_: str, options: Iterable[tuple[str, str]], number: int) -> FieldView:
    """A choice that holds the first option where what stood there is none of them."""
    field, known = f"{name_}{number}", tuple(options)
    values = [value for value, _ in known]
    value = ask.value(field) if ask.value(field) in values else values[0]
    title = f"{number}. {ask.say(f'drafting.field.{name_}')}"
    return FieldView(field, title, "choice", value=value, options=known)


def _subjects(ask: Ask, facts: Mapping[str, _Told]) -> list[tuple[str, str]]:
    told = {one.id.text: ask.told(one) for one in ask.declared(nodes.Fact)}
    found = [("", ask.say("drafting.none"))]
    found += [(f"fact:{id_}", told[id_]) for id_ in facts]
    found += [(ALL_ITEMS, ask.say("drafting.every_item"))]
    found += [(f"item:{id_}", title) for id_, title in ask.ids(nodes.Item)]
    return found + [(f"approval:{id_}", title) for id_, title in ask.ids(nodes.Approval)]


def _facts(draft: Draft, ask: Ask | None = None) -> dict[str, _Told]:
    found: dict[str, _Told] = {}
    for one in declarations(draft):
        if isinstance(one, nodes.Fact):
            type_: str = one.type.word if isinstance(one.type, nodes.SimpleType) else ""
            choices: tuple[tuple[str, str], ...] = ()
            if isinstance(one.type, nodes.ChoiceType):
                type_ = "choice"
                choices = tuple(
                    (each.id.text, ask.option(each) if ask else "") for each in one.type.options
                )
            if type_ in COMPARED:
                found.setdefault(one.id.text, _Told(one.id.text, type_, one.optional, choices))
    return found


def _atom(draft: Draft, row: Row, facts: Mapping[str, _Told], known: set[str]) -> str:
    """One row in English; what may be missing is looked at only if it is known."""
    kind, _, id_ = row.what.partition(":")
    if kind != "fact":
        state = row.how.replace("_", " ")
        return "every item done" if row.what == ALL_ITEMS else f"{kind} {name(id_)} {state}"
    if row.how in ASKED:
        known |= {id_} if row.how == "known" else set()
        return f"{'' if row.how == 'known' else 'not '}known {name(id_)}"
    fact = facts[id_]
    how = "is not" if row.how == "!=" else row.how or "="
    said = f"{name(id_)} {how} {literal(draft, fact.type, row.value)}"
    if not fact.optional or id_ in known:
        return said
    known.add(id_)
    return f"known {name(id_)} and {said}"


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


def _read(found: nodes.Expression, facts: Mapping[str, _Told]) -> Row | None:
    match found:
        case nodes.EveryItemDone():
            return Row(ALL_ITEMS)
        case nodes.ItemIs(item, state):
            return Row(f"item:{item.text}", state)
        case nodes.ApprovalIs(approval, state):
            return Row(f"approval:{approval.text}", state)
        case nodes.Compare(op, left, right):
            return _compared(op, _fact(left, facts), right)
        case nodes.Known(path):
            return _asked("known", _fact(path, facts))
        case nodes.Not(nodes.Known(path)):
            return _asked("unknown", _fact(path, facts))
        case nodes.Not(of):
            return _truth("no", _fact(of, facts))
        case _:
            return _truth("yes", _fact(found, facts))


def _fact(found: nodes.Expression, facts: Mapping[str, _Told]) -> _Told | None:
    is_name = isinstance(found, nodes.Path) and len(found.names) == 1
    return facts.get(found.names[0].text) if is_name and isinstance(found, nodes.Path) else None


def _asked(how: str, fact: _Told | None) -> Row | None:
    return Row(f"fact:{fact.id}", how) if fact and fact.optional else None


def _truth(value: str, fact: _Told | None) -> Row | None:
    return Row(f"fact:{fact.id}", "=", value) if fact and fact.type == "yes_no" else None


def _compared(how: str, fact: _Told | None, right: nodes.Expression) -> Row | None:
    value = value_text(right)
    if fact is None or value is None or how not in COMPARED[fact.type]:
        return None
    is_value = not isinstance(right, nodes.Path)
    fits = value in dict(fact.choices) if fact.type == "choice" else is_value
    return Row(f"fact:{fact.id}", how, value) if fits else None


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
