"""How a tried case begins: when, in which process, and what is known about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from dsl.catalogue import Language
from dsl.model import Checked, Fact
from dsl.types import ChoiceType, DateTimeType, DateType, ListType, TextType, YesNoType
from engine.desk.fields import FieldView
from engine.drafting.clauses import name, quoted
from engine.texts import MESSAGES

NOTICE = timedelta(days=30)
"""Between the start and the dates of the case, until somebody says otherwise."""
START = "start"


def beginning_fields(checked: Checked, language: Language, today: date) -> tuple[FieldView, ...]:
    """What to ask for: the start, then every fact that a form can hold; lists begin empty."""
    title = MESSAGES.say(language, "drafting.field.start")
    start = FieldView(START, title, required=True, value=f"{today.isoformat()} 09:00")
    return start, *_facts(checked, language, today)


def beginning_lines(checked: Checked, answers: Mapping[str, str]) -> tuple[str, ...]:
    """The first lines of a scenario, in English."""
    given = [
        f"{name(fact.id)} {_literal(fact, answers[fact.id])}"
        for fact in checked.rulebook.facts
        if answers.get(fact.id, "").strip()
    ]
    first = (f"given {', '.join(given)}",) if given else ()
    return (*first, f"start on {answers[START].strip()}")


def _facts(checked: Checked, language: Language, today: date) -> Iterator[FieldView]:
    for fact in checked.rulebook.facts:
        if isinstance(fact.type, ListType):
            continue
        title = fact.title.get(language) or next(iter(fact.title.values()), fact.id)
        needed = fact.default is None and not fact.optional
        match fact.type:
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


def _literal(fact: Fact, text: str) -> str:
    if isinstance(fact.type, TextType):
        return quoted(text)
    return name(text) if isinstance(fact.type, ChoiceType) else text.strip()
