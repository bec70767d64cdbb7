"""How a tried case begins: when, in which process, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dsl.catalogue import Language
from dsl.model import Checked, Fact, Field, Titles
from dsl.types import ChoiceType, DateTimeType, DateType, ListType, PersonType, TextType, YesNoType
from engine.desk.fields import FieldView
from engine.desk.typed import table_cells
from engine.drafting.clauses import name, quoted
from engine.texts import MESSAGES

NOTICE = timedelta(days=30)
"""Between the start and the dates of the case, until somebody says otherwise."""
START = "start"


def beginning_fields(checked: Checked, language: Language, today: date) -> tuple[FieldView, ...]:
    """What to ask for: the start, then every fact; a list as a table, a record a line."""
    title = MESSAGES.say(language, "drafting.field.start")
    start = FieldView(START, title, required=True, value=f"{today.isoformat()} 09:00")
    return start, *_facts(checked, language, today)


def beginning_lines(checked: Checked, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The first lines of a scenario, in English."""
    told = [fact for fact in checked.rulebook.facts if answers.get(fact.id, "").strip()]
    single = [_said(fact, answers[fact.id]) for fact in told if not isinstance(fact.type, ListType)]
    first = (f"given {', '.join(single)}",) if single else ()
    rows = (row for fact in told for row in _rows(checked, fact, answers[fact.id]))
    return (*first, *rows, f"start on {answers[START].strip()}")


def _rows(checked: Checked, fact: Fact, text: str) -> Iterator[str]:
    """The lines that put records into a list; a cell that is empty says nothing."""
    if isinstance(fact.type, ListType):
        fields = _fields(checked, fact.type)
        for cells in table_cells(text):
            said = [_said(one, cell) for one, cell in zip(fields, cells, strict=False) if cell]
            yield f"given {name(fact.id)} {', '.join(said)}"


def _fields(checked: Checked, list_: ListType) -> tuple[Field, ...]:
    return next(one.fields for one in checked.rulebook.records if one.id == list_.record)


def _titled(title: Titles, language: Language, otherwise: str) -> str:
    return title.get(language) or next(iter(title.values()), otherwise)


def _facts(checked: Checked, language: Language, today: date) -> Iterator[FieldView]:
    for fact in checked.rulebook.facts:
        title = _titled(fact.title, language, fact.id)
        needed = fact.default is None and not fact.optional
        match fact.type:
            case ListType():
                columns = tuple(
                    _titled(one.title, language, one.id) for one in _fields(checked, fact.type)
                )
                yield FieldView(fact.id, title, "table", columns=columns)
            case YesNoType():
                options = tuple(
                    (one, MESSAGES.say(language, f"drafting.{one or 'none'}"))
                    for one in (("yes", "no") if needed else ("", "yes", "no"))
                )
                yield FieldView(fact.id, title, "choice", needed, options[0][0], options=options)
            case ChoiceType(options=known):
                options = tuple((one.id, one.title.get(language) or one.id) for one in known)
                if not needed:
                    options = (("", MESSAGES.say(language, "drafting.none")), *options)
                yield FieldView(fact.id, title, "choice", needed, options[0][0], options=options)
            case DateType() | DateTimeType() if needed:
                day = (today + NOTICE).isoformat()
                value = day if isinstance(fact.type, DateType) else f"{day} 18:00"
                yield FieldView(fact.id, title, required=True, value=value)
            case _:
                yield FieldView(fact.id, title, required=needed)


def _said(declared: Fact | Field, text: str) -> str:
    """What a scenario says of a fact or a field."""
    match declared.type:
        case TextType() | PersonType():
            value = quoted(text.strip())
        case ChoiceType():
            value = name(text.strip())
        case _:
            value = text.strip()
    return f"{name(declared.id)} {value}"
