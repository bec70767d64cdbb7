"""A condition or a moment in a few signs and the titles of its facts, for the box of a choice.

Signs, not words, so that one reading serves every language. What has no short reading has none,
and its box then shows a general word.
"""

from __future__ import annotations

from dsl import model
from dsl.expressions import tree
from dsl.types import ChoiceType

_SIGNS = {"=": "=", "!=": "≠", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}
_UNITS = {"minute": "min", "hour": "h", "day": "d", "week": "w"}
"""Signs of time; working hours and days have none."""
_NESTED = (tree.AllOf, tree.AnyOf)


class _UnreadableError(Exception):
    """The expression has no short reading."""


def describe(expression: tree.Expression, rulebook: model.Rulebook) -> model.Titles:
    """The reading per language that the rulebook has titles in; empty if there is none."""
    titles = {fact.id: fact.title for fact in rulebook.facts}
    languages = dict.fromkeys(
        [rulebook.language, *(language for title in titles.values() for language in title)]
    )
    try:
        return {language: _Reader(titles, language).read(expression) for language in languages}
    except _UnreadableError:
        return {}


class _Reader:
    def __init__(self, titles: dict[str, model.Titles], language: str) -> None:
        self.titles = titles
        self.language = language

    def read(self, expression: tree.Expression) -> str:
        reading = self._compound(expression)
        return reading if reading is not None else self._simple(expression)

    def _compound(self, expression: tree.Expression) -> str | None:
        match expression:
            case tree.AllOf():
                return " & ".join(self._part(part) for part in expression.parts)
            case tree.AnyOf():
                return " | ".join(self._part(part) for part in expression.parts)
            case tree.Not():
                return f"¬ {self._part(expression.of)}"
            case tree.OneOf():
                options = ", ".join(self.read(option) for option in expression.options)
                return f"{self.read(expression.value)} ∈ {options}"
            case _:
                return None

    def _part(self, expression: tree.Expression) -> str:
        reading = self.read(expression)
        return f"({reading})" if isinstance(expression, _NESTED) else reading

    def _simple(self, expression: tree.Expression) -> str:
        match expression:
            case tree.Compare():
                return self._compare(expression)
            case tree.FactValue():
                return self._titled(self.titles.get(expression.fact, {}), expression.fact)
            case tree.Constant():
                return self._constant(expression)
            case tree.Shift():
                return self._shift(expression)
            case tree.AtTime():
                return f"{self.read(expression.base)} {expression.time}"
            case tree.Arithmetic():
                return f"{self.read(expression.left)} {expression.op} {self.read(expression.right)}"
            case _:
                raise _UnreadableError

    def _compare(self, expression: tree.Compare) -> str:
        right = expression.right
        if isinstance(right, tree.Constant) and isinstance(right.value, bool):
            denied = right.value is (expression.op == "!=")
            return f"{'¬ ' if denied else ''}{self.read(expression.left)}"
        sign = _SIGNS[expression.op]
        return f"{self.read(expression.left)} {sign} {self.read(right)}"

    def _shift(self, expression: tree.Shift) -> str:
        unit = _UNITS.get(expression.duration.unit)
        if unit is None:
            raise _UnreadableError
        sign = "−" if expression.direction == "before" else "+"
        return f"{self.read(expression.base)} {sign} {expression.duration.amount} {unit}"

    def _constant(self, expression: tree.Constant) -> str:
        value = expression.value
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise _UnreadableError
        if isinstance(expression.type, ChoiceType):
            for option in expression.type.options:
                if option.id == value:
                    return self._titled(option.title, option.id)
        return str(value)

    def _titled(self, title: model.Titles, ref: str) -> str:
        return title.get(self.language) or next(iter(title.values()), ref)
