"""The boundary: rows of the people and department files become typed values, or coded problems."""

from __future__ import annotations

import re
import zoneinfo
from datetime import date
from typing import TYPE_CHECKING, Annotated, Generic, Literal, LiteralString, TypeVar

from msgspec import Struct
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from engine.people.cells import cell_text, parse_answer, parse_day
from engine.people.problem import ImportProblem, is_hidden, visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.people.sheet import Row

_RESERVED = "baton"
"""Whoever acts by this name is the clock (`engine.commands.CLOCKWORK`)."""
MAX_TEXT = 100
MAX_MAIL = 254
MAX_LEVEL = 99
_SEPARATORS = re.compile(r"[;；、\n]")
_PHONE = re.compile(r"\+?[0-9][0-9 ()-]{2,28}(?:[ ]?(?:x|ext\.?|转) ?[0-9]{1,6})?")
_LANGUAGES = {
    "zh": "zh", "zh-cn": "zh", "chinese": "zh", "中文": "zh", "汉语": "zh", "简体中文": "zh",
    "en": "en", "english": "en", "英文": "en", "英语": "en",
}  # fmt: skip


def text_of(cell: object, limit: int = MAX_TEXT) -> str | None:
    """A cell as one short line of text; None if it is empty. Whole numbers are read as text."""
    if cell is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int):
        raise _problem("P123", cell)
    text = cell_text(str(cell))
    if any(is_hidden(char) for char in text):
        raise _problem("P121", text)
    if len(text) > limit:
        raise _problem("P122", text, limit=limit)
    return text or None


def _text(cell: object) -> str | None:
    return text_of(cell)


def code_of(cell: object) -> str | None:
    """A staff number or account: text without spaces."""
    text = text_of(cell)
    if text is not None and any(char.isspace() for char in text):
        raise _problem("P138", text)
    return text


def list_of(cell: object) -> tuple[str, ...]:
    """Several texts: a JSON list, or a cell parted by `;` or `、`; each once, in order."""
    if isinstance(cell, list):
        parts = [text_of(part) for part in cell]
    else:
        whole = cell if isinstance(cell, str) else text_of(cell)
        parts = [text_of(part) for part in _SEPARATORS.split(whole or "")]
    return tuple(dict.fromkeys(part for part in parts if part))


def date_of(cell: object) -> date | None:
    """A day, the year first: `2026-03-31`, `2026/3/31` or `2026年3月31日`."""
    text = text_of(cell)
    if text is None:
        return None
    day = parse_day(text)
    if day is None:
        raise _problem("P130", text)
    return day


def _level(cell: object) -> int | None:
    text = text_of(cell)
    if text is None:
        return None
    if not text.isdecimal() or int(text) > MAX_LEVEL:
        raise _problem("P131", text, limit=MAX_LEVEL)
    return int(text)


def _mail(cell: object) -> str | None:
    text = text_of(cell, MAX_MAIL)
    if text is None:
        return None
    local, _, domain = text.partition("@")
    labels = domain.split(".")
    plain = not any(char.isspace() or char in "@,;<>" for char in local + domain)
    if not (local and plain and all(labels) and len(labels) > 1):
        raise _problem("P132", text)
    return text


def _phone(cell: object) -> str | None:
    text = text_of(cell)
    if text is not None and not _PHONE.fullmatch(text):
        raise _problem("P133", text)
    return text


def _language(cell: object) -> str:
    text = text_of(cell) or "zh"
    if text.casefold() not in _LANGUAGES:
        raise _problem("P134", text)
    return _LANGUAGES[text.casefold()]


def _yes_no(cell: object) -> bool:
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    answer = parse_answer(text) if text else False
    if answer is None:
        raise _problem("P135", text)
    return answer


def _zone(cell: object) -> str | None:
    text = text_of(cell)
    if text is not None and text not in zoneinfo.available_timezones():
        raise _problem("P136", text)
    return text


def _given(value: object) -> object:
    if value is None:
        raise PydanticCustomError("P120", "P120")
    return value


def _problem(code: LiteralString, value: object, **more: object) -> PydanticCustomError:
    return PydanticCustomError(code, code, {"value": visible(value), **more})


def number_of(cell: object) -> str | None:
    """A staff number; words by which records name what is no person are refused."""
    text = code_of(cell)
    if text is not None and (text.casefold() == _RESERVED or ":" in text):
        raise _problem("P139", text)
    return text


_Text = Annotated[str | None, BeforeValidator(_text)]
_Code = Annotated[str | None, BeforeValidator(code_of)]
_Name = Annotated[str, BeforeValidator(_given), BeforeValidator(_text)]
_Number = Annotated[str, BeforeValidator(_given), BeforeValidator(number_of)]
_Day = Annotated[date | None, BeforeValidator(date_of)]
_Texts = Annotated[tuple[str, ...], BeforeValidator(list_of)]
_Language = Annotated[Literal["zh", "en"], BeforeValidator(_language)]


class PersonRow(BaseModel):
    """A row of the people file, each cell by itself right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: _Number
    name: _Name
    department: _Text = None
    post: _Text = None
    level: Annotated[int | None, BeforeValidator(_level)] = None
    manager: _Code = None
    groups: _Texts = ()
    mail: Annotated[str | None, BeforeValidator(_mail)] = None
    phone: Annotated[str | None, BeforeValidator(_phone)] = None
    language: _Language = "zh"
    hire_date: _Day = None
    account: _Code = None
    may_act_for: _Texts = ()
    left: _Day = None
    timezone: Annotated[str | None, BeforeValidator(_zone)] = None
    heads: Annotated[bool, BeforeValidator(_yes_no)] = False


class DepartmentRow(BaseModel):
    """A row of the department file, each cell by itself right."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: _Name
    head: _Code = None
    parent: _Text = None


Model = TypeVar("Model", bound=BaseModel)


class Located(Struct, Generic[Model], frozen=True):
    """A sound row and its number."""

    number: int
    value: Model


def parse_row(
    file: str, row: Row, names: Mapping[str, str], model: type[Model]
) -> Located[Model] | tuple[ImportProblem, ...]:
    """One row as a typed value, or every problem of its cells.

    Args:
        file: the file's name, for the problems.
        row: the row as it was read.
        names: the column's name per field.
        model: what the row should be.
    """
    cells = {field: row.cells.get(column) for field, column in names.items()}
    try:
        return Located(row.number, model.model_validate(cells))
    except ValidationError as error:
        return tuple(
            ImportProblem(
                one["type"],
                file,
                row.number,
                names[str(one["loc"][0])],
                {name: str(value) for name, value in one.get("ctx", {}).items()},
            )
            for one in error.errors(include_url=False)
        )
