"""What is wrong with a file that somebody gives to Baton: data here, texts in the catalogue."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from dsl.diagnostic import Terms
from dsl.render import value_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dsl.catalogue import Catalogue, Language

_SHOWN = 60


class ImportProblem(Struct, frozen=True):
    """One problem and its place.

    Attributes:
        code: `P1xx` or `P2xx`, explained by a page.
        file: the file's name as it was given, without its folder.
        row: as a spreadsheet counts, the header being row 1; in JSON the entry, counted from 1.
        column: the column's name as it stands in the file.
        values: what the text of the code speaks of, by name, made visible and short; of several things each.
        variant: the id of another text than that of the code.
    """

    code: str
    file: str
    row: int | None
    column: str | None
    values: Mapping[str, str | Terms]
    variant: str = ""


class Explained(Struct, frozen=True):
    """A problem in words: where it is, what and why, and what to do."""

    place: str
    title: str
    text: str
    hint: str


def explain(problem: ImportProblem, catalogue: Catalogue, language: Language) -> Explained:
    """The words for a problem, from the engine's catalogue."""
    if problem.row is None:
        place = catalogue.say(language, "import.place.file", file=problem.file)
    elif problem.column is None:
        place = catalogue.say(language, "import.place.row", file=problem.file, row=problem.row)
    else:
        place = catalogue.say(
            language,
            "import.place.cell",
            file=problem.file,
            row=problem.row,
            column=problem.column,
        )
    values = {name: value_text(value, language) for name, value in problem.values.items()}
    if "wanted" in values:
        values["wanted"] = catalogue.say(language, f"wanted.{values['wanted']}")
    return Explained(
        place,
        catalogue.say(language, f"{problem.code}.title"),
        catalogue.say(language, problem.variant or f"{problem.code}.text", **values),
        catalogue.say(language, f"{problem.code}.hint", **values),
    )


def in_order(problems: Iterable[ImportProblem], first: str) -> tuple[ImportProblem, ...]:
    """The file of that name first, then by row; problems of a whole file before all."""
    return tuple(sorted(problems, key=lambda one: (one.file != first, one.row or 0)))


def shown(values: Mapping[str, object]) -> dict[str, str | Terms]:
    """Values of a problem as they are kept."""
    return {
        name: value if isinstance(value, Terms) else visible(value)
        for name, value in values.items()
    }


def visible(value: object) -> str:
    """Any value as one short line in which every character can be seen."""
    plain = json.dumps(value, ensure_ascii=False, default=str) if _is_json(value) else str(value)
    text = "".join(_seen(char) for char in plain[: _SHOWN + 1])
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def is_hidden(char: str) -> bool:
    """True for control, bidirectional and other characters that do not show themselves."""
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _is_json(value: object) -> bool:
    return isinstance(value, bool | list | dict)


def _seen(char: str) -> str:
    return f"<U+{ord(char):04X}>" if is_hidden(char) else char
