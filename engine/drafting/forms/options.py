"""The options of a choice: one field for each with its title, and one for each further language that they have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count, takewhile
from typing import NamedTuple

from dsl import nodes
from engine.desk.fields import FieldView
from engine.drafting.clauses import Answers, id_of, name, nth, quoted
from engine.drafting.forms.asking import Ask

LANGUAGES = "languages"
"""The value that holds the further languages of titles, parted by blanks."""


class Option(NamedTuple):
    """An option: its id, its title, and how the language says it."""

    id: str
    title: str
    said: str


def read_options(found: nodes.ChoiceType) -> dict[str, str]:
    """The values of the options of a choice. What has an id keeps it, whatever it is called."""
    spoken = (one.language.text for option in found.options for one in option.titles)
    values = {LANGUAGES: " ".join(dict.fromkeys(spoken))}
    for number, one in enumerate(found.options, start=1):
        values[nth("option", number)] = one.title.text if one.title else one.id.text
        values[nth("option_id", number)] = one.id.text
        values[nth("option_bare", number)] = "" if one.title else "yes"
        for title in one.titles:
            values[nth(f"option_{title.language.text}", number)] = title.text.text
    return values


def option_fields(ask: Ask) -> Iterator[FieldView]:
    """The options that there are, and one more."""
    for number in range(1, _last(ask.values) + 2):
        title = f"{number}. {ask.say('drafting.field.option')}"
        yield ask.text(nth("option", number), title=title, needed=number == 1)
        if ask.value(nth("option", number)).strip():
            for language in ask.value(LANGUAGES).split():
                yield ask.text(nth(f"option_{language}", number), title=f"{title} ({language})")


def options(answers: Answers) -> list[Option]:
    """The options that have a title."""
    numbers = range(1, _last(answers) + 1)
    return [_option(answers, one) for one in numbers if answers[nth("option", one)].strip()]


def _last(values: Mapping[str, str]) -> int:
    """The number of the last option that has a title."""
    known = takewhile(lambda number: nth("option", number) in values, count(1))
    return max((one for one in known if values[nth("option", one)].strip()), default=0)


def _option(answers: Answers, number: int) -> Option:
    title = answers[nth("option", number)].strip()
    id_ = answers.get(nth("option_id", number)) or id_of(title)
    bare = answers.get(nth("option_bare", number)) and title == id_
    said = [name(id_), *([] if bare else [quoted(title)])]
    for language in answers.get(LANGUAGES, "").split():
        other = answers.get(nth(f"option_{language}", number), "").strip()
        said += [f"{language} {quoted(other)}"] if other else []
    return Option(id_, title, " ".join(said))
