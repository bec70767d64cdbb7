"""The lines that forms stand for, put together in English and printed in the text's dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dsl.dialects import DialectName
from dsl.formatter import format_source
from dsl.parser import parse
from dsl.source import of_text

Answers = Mapping[str, str]
"""What stands in a form's fields, by their ids."""
Clauses = dict[str, str]
"""Lines in English by the field of the declaration that they fill; `head` is the first line."""
HEAD = "head"

UNITS = {
    "day": ("day", "days"),
    "working_day": ("working day", "working days"),
    "hour": ("hour", "hours"),
    "working_hour": ("working hour", "working hours"),
}


def name(text: str) -> str:
    """A name that is no word of the language, whatever it looks like."""
    return f"`{text}`"


def quoted(text: str) -> str:
    """A text in quotes, in one line."""
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def nth(field: str, number: int) -> str:
    """The id of a field that a form may ask for several times."""
    return field if number == 1 else f"{field}{number}"


def duration(answers: Answers, number: int = 1) -> str:
    """An amount with its unit, the `number`th of a form; empty where there is none."""
    amount = answers.get(nth("amount", number), "").strip()
    if not amount:
        return ""
    one, more = UNITS[answers[nth("unit", number)]]
    return f"{amount} {one if int(amount) == 1 else more}"


def id_of(title: str) -> str:
    """A name made of a title."""
    found = re.sub(r"\W+", "_", title).strip("_").lower()
    return found if found and not found[0].isdigit() else f"n{found}"


def printed(head: str, clauses: Clauses, known: Answers, to: DialectName) -> Clauses:
    """Lines as the formatter writes them in a dialect; none if one of them cannot be read.

    Args:
        head: the first line of the declaration that they stand in.
        clauses: the lines.
        known: the names that are declared elsewhere, each with what it is: `role` or `fact`.
        to: the dialect.
    """
    lines = [line for key, line in clauses.items() if key != HEAD]
    text = "\n".join(['rulebook x "x"', *_declared(known), head, *lines, ""])
    formatted = format_source(of_text("", text), to).text
    if formatted is None:
        return {}
    parsed = parse(of_text("", formatted))
    start = parsed.found[-1][0]
    found = [one for one in parsed.statements if one.span.start >= start]
    said = [" ".join(formatted[one.span.start : one.span.end].split()) for one in found]
    return dict(zip((HEAD, *(key for key in clauses if key != HEAD)), said, strict=True))


def _declared(known: Answers) -> Iterator[str]:
    for one, kind in known.items():
        yield f'{kind} {name(one)} "x" {"is external" if kind == "role" else "date"}'
