"""Builders of expression nodes, by the name of the grammar's rule or alternative."""

from __future__ import annotations

from typing import cast

from lark.lexer import Token

from dsl import nodes
from dsl.expressions.tree import ApprovalWord, Comparison, ItemWord
from dsl.parser.kids import Builder, Kids, Names, NameToken
from dsl.parser.lexemes import unquoted
from dsl.source import Span
from dsl.types import DurationUnit

_COMPARISONS: dict[str, Comparison] = {
    "EQ": "=", "NE": "!=", "IS_NOT": "!=", "LT": "<", "LE": "<=", "GT": ">", "GE": ">=",
}  # fmt: skip
_MOST_DIGITS = 18
"""A longer whole number is cut to the largest of so many digits; resolution finds it too large."""


def _name(kids: Kids) -> nodes.Name:
    token = kids.one(NameToken)
    if token.startswith("`"):
        return nodes.Name(token[1:-1].strip(), span=kids.span)
    return nodes.Name(str(token), token.word, span=kids.span)


def _names(kids: Kids) -> Names:
    return Names(kids.all(nodes.Name), kids.span)


def _text(kids: Kids) -> nodes.Text:
    return nodes.Text(unquoted(kids.one(Token)), span=kids.span)


def _version(kids: Kids) -> nodes.Text:
    return nodes.Text(str(kids.one(Token)), span=kids.span)


def whole(token: Token) -> int:
    """The value of a NUMBER token."""
    return int(token[:_MOST_DIGITS])


def _signed(kids: Kids, *kinds: str) -> str:
    token = kids.token(*kinds)
    return ("-" if kids.has("MINUS") else "") + str(token)


def _number(kids: Kids) -> nodes.Number:
    return nodes.Number(_signed(kids, "NUMBER", "FRACTION"), span=kids.span)


def _percent(kids: Kids) -> nodes.Percent:
    return nodes.Percent(_signed(kids, "PERCENT").rstrip("%"), span=kids.span)


def _money(kids: Kids) -> nodes.Money:
    token = kids.all(Token)[-1]
    currency = nodes.Name(str(token), span=Span(token.start_pos or 0, token.end_pos or 0))
    return nodes.Money(_signed(kids, "NUMBER", "FRACTION"), currency, span=kids.span)


def _yes_no(kids: Kids) -> nodes.YesNo:
    return nodes.YesNo(kids.has("YES"), span=kids.span)


def _duration(kids: Kids) -> nodes.Duration:
    number, unit = kids.all(Token)
    singular = cast("DurationUnit", unit.type.lower().removesuffix("s"))
    return nodes.Duration(whole(number), singular, span=kids.span)


def _date(kids: Kids) -> nodes.Date:
    return nodes.Date(str(kids.one(Token)), span=kids.span)


def _time(kids: Kids) -> nodes.Time:
    return nodes.Time(str(kids.one(Token)), span=kids.span)


def _date_time(kids: Kids) -> nodes.DateTime:
    return nodes.DateTime(kids.one(nodes.Date), kids.one(nodes.Time), span=kids.span)


def _path(kids: Kids) -> nodes.Path:
    return nodes.Path(kids.all(nodes.Name), span=kids.span)


def _any_part(kids: Kids) -> nodes.Or:
    return nodes.Or(kids.expressions(), span=kids.span)


def _every_part(kids: Kids) -> nodes.And:
    return nodes.And(kids.expressions(), span=kids.span)


def _negated(kids: Kids) -> nodes.Not:
    return nodes.Not(kids.expressions()[0], span=kids.span)


def _bracket(kids: Kids) -> nodes.Expression:
    return kids.expressions()[0]


def _quantified(kids: Kids) -> nodes.Quantified:
    return nodes.Quantified(
        "any" if kids.has("ANY", "HAS") else "every",
        kids.one(nodes.Name),
        kids.one(nodes.Path),
        kids.expressions()[1],
        span=kids.span,
    )


def _compare(kids: Kids) -> nodes.Compare:
    token = kids.one(Token)
    left, right = kids.expressions()
    return nodes.Compare(_COMPARISONS[token.type], left, right, span=kids.span)


def _one_of_values(kids: Kids) -> nodes.OneOf:
    value, *options = kids.expressions()
    return nodes.OneOf(value, tuple(options), span=kids.span)


def _among(kids: Kids) -> nodes.Among:
    value, several = kids.expressions()
    return nodes.Among(value, cast("nodes.Path", several), span=kids.span)


def _known(kids: Kids) -> nodes.Known:
    return nodes.Known(kids.one(nodes.Path), span=kids.span)


def _state(kids: Kids) -> Token:
    return kids.one(Token)


def _item_is(kids: Kids) -> nodes.ItemIs:
    state = cast("ItemWord", kids.all(Token)[-1].type.lower())
    return nodes.ItemIs(kids.one(nodes.Name), state, span=kids.span)


def _item_count(kids: Kids) -> nodes.ItemCount:
    state = cast("ItemWord", kids.one(Token).type.removeprefix("COUNT_").lower())
    return nodes.ItemCount(state, span=kids.span)


def _approval_is(kids: Kids) -> nodes.ApprovalIs:
    state = cast("ApprovalWord", kids.all(Token)[-1].type.lower())
    return nodes.ApprovalIs(kids.one(nodes.Name), state, span=kids.span)


def _every_item_done(kids: Kids) -> nodes.EveryItemDone:
    return nodes.EveryItemDone(span=kids.span)


def _arithmetic(kids: Kids) -> nodes.Arithmetic:
    left, right = kids.expressions()
    if kids.has("PLUS", "MINUS"):
        return nodes.Arithmetic("+" if kids.has("PLUS") else "-", left, right, span=kids.span)
    return nodes.Arithmetic("*" if kids.has("STAR") else "/", left, right, span=kids.span)


def _shift(kids: Kids) -> nodes.Shift:
    """Either word order: `3 days before M` or `M 前 3 天`."""
    first, second = kids.expressions()
    forward = kids.has("BEFORE", "AFTER")
    by, base = (first, second) if forward else (second, first)
    return nodes.Shift(
        base,
        cast("nodes.Duration", by),
        "before" if kids.has("BEFORE", "EARLIER") else "after",
        span=kids.span,
    )


def _at_time(kids: Kids) -> nodes.AtTime | nodes.DateTime:
    base, time = kids.expressions()
    at = cast("nodes.Time", time)
    if isinstance(base, nodes.Date):
        return nodes.DateTime(base, at, span=kids.span)
    return nodes.AtTime(base, at, span=kids.span)


def _days_until(kids: Kids) -> nodes.DaysUntil:
    return nodes.DaysUntil(kids.expressions()[0], span=kids.span)


def _count_of(kids: Kids) -> nodes.CountOf:
    return nodes.CountOf(kids.one(nodes.Path), span=kids.span)


def _sum_of(kids: Kids) -> nodes.SumOf:
    variable, field = kids.all(nodes.Name)
    return nodes.SumOf(variable, field, kids.one(nodes.Path), span=kids.span)


def _sum_of_values(kids: Kids) -> nodes.SumOfValues:
    return nodes.SumOfValues(kids.one(nodes.Path), span=kids.span)


def _value_name(kids: Kids) -> nodes.Path:
    return nodes.Path((kids.one(nodes.Name),), span=kids.span)


BUILDERS: dict[str, Builder] = {
    "name": _name,
    "names": _names,
    "text": _text,
    "version": _version,
    "number": _number,
    "percent": _percent,
    "money": _money,
    "yes_no": _yes_no,
    "duration": _duration,
    "date": _date,
    "time": _time,
    "date_time": _date_time,
    "path": _path,
    "any_part": _any_part,
    "every_part": _every_part,
    "negated": _negated,
    "bracket": _bracket,
    "quantified": _quantified,
    "compare": _compare,
    "one_of_values": _one_of_values,
    "among": _among,
    "known": _known,
    "state": _state,
    "item_is": _item_is,
    "item_count": _item_count,
    "approval_is": _approval_is,
    "every_item_done": _every_item_done,
    "arithmetic": _arithmetic,
    "shift": _shift,
    "at_time": _at_time,
    "days_until": _days_until,
    "count_of": _count_of,
    "sum_of": _sum_of,
    "sum_of_values": _sum_of_values,
    "value_name": _value_name,
}
