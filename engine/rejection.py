"""A refusal is a value: what was asked cannot be, and why. Texts are in the engine's catalogue."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.diagnostic import Keyword, Term, Terms, Value
from dsl.expressions.scalars import ValueProblem

RefusalKind = Literal["authority", "missing", "too_early", "closed", "changed", "invalid"]


PARTED = "、"
"""What parts several things in one value of a refusal; a reader sees what their language parts by."""


class Refusal(Struct, frozen=True):
    """Why a command was not carried out.

    Attributes:
        code: `R1xx`, explained by a page.
        kind: the family that a scenario names (`not allowed`, `missing`, `too early`).
        values: what the text of the code speaks of, by name; ids and typed text, shown as data.
        ids: the things that are missing or in the way (content, evidence, item, fact ids).
    """

    code: str
    kind: RefusalKind
    values: dict[str, str]
    ids: tuple[str, ...] = ()


def wrong_value(name: str, problem: ValueProblem) -> Refusal:
    """R113: what was given for a fact or content is none of its type; `problem` is a code `E35x`."""
    place = ".".join(str(part) for part in (name, *problem.path))
    values = {one: _plain(value) for one, value in problem.values.items()}
    return Refusal("R113", "invalid", {**values, "fact": place, "problem": problem.code}, (name,))


def _plain(value: Value) -> str:
    match value:
        case Term() | Keyword():
            return value.id
        case Terms():
            return PARTED.join(_plain(part) for part in value.parts)
        case _:
            return str(value)
