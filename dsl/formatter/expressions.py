"""Prints conditions, moments and values, with brackets where they are needed.

`and` and `or` in one condition are always bracketed: a reader should not need to know which binds
closer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dsl import nodes
from dsl.formatter.pieces import Piece, Pieces, Writer, quoted, raw, signs, tight

# How close an expression binds: a part that binds less than its place wants gets brackets.
OR, AND, NOT, COMPARISON, SUM, PRODUCT, MOMENT, POSTFIX, ATOM = range(9)

_LEVELS: Mapping[type, int] = {
    nodes.Or: OR,
    nodes.And: AND,
    nodes.Not: NOT,
    nodes.Quantified: NOT,
    nodes.Compare: COMPARISON,
    nodes.OneOf: COMPARISON,
    nodes.Among: COMPARISON,
    nodes.Known: COMPARISON,
    nodes.ItemIs: COMPARISON,
    nodes.ApprovalIs: COMPARISON,
    nodes.EveryItemDone: COMPARISON,
    nodes.SumOfValues: POSTFIX,
    nodes.AtTime: POSTFIX,
    nodes.DateTime: POSTFIX,
}
_CLOCK = len("09:00")


def expression(writer: Writer, node: nodes.Expression | None) -> Pieces:
    """A condition, moment or value; nothing for None."""
    return () if node is None else _PRINTERS[type(node)](writer, node)


def operand(writer: Writer, node: nodes.Expression) -> Pieces:
    """A value where a condition needs brackets: in a list, beside a comparison."""
    return _part(writer, node, SUM)


def moment(writer: Writer, node: nodes.Expression | None) -> Pieces:
    """A value where a sum needs brackets: when something is due or happens."""
    return () if node is None else _part(writer, node, MOMENT)


def duration(writer: Writer, node: nodes.Duration) -> Pieces:
    """`1 day`, `2 working days`."""
    unit = f"{node.unit.upper()}S"
    one = node.amount == 1 and writer.dialect.name == "en"
    return raw(str(node.amount)) + (writer.also(unit) if one else writer.word(unit))


def party(writer: Writer, node: nodes.Party) -> Pieces:
    """A role, a word for somebody, or the manager of one."""
    if isinstance(node, nodes.PartyName):
        return writer.name(node.name)
    return writer.fill("MANAGER_OF of", "of OF SUPERIOR", of=party(writer, node.of))


def _level(writer: Writer, node: nodes.Expression) -> int:
    if isinstance(node, nodes.Arithmetic):
        return SUM if node.op in "+-" else PRODUCT
    if isinstance(node, nodes.Shift):
        return MOMENT if writer.has("BEFORE") else POSTFIX
    if isinstance(node, nodes.DaysUntil):
        return MOMENT if writer.has("DAYS_UNTIL") else ATOM
    return _LEVELS.get(type(node), ATOM)


def _part(writer: Writer, node: nodes.Expression, least: int) -> Pieces:
    pieces = expression(writer, node)
    return pieces if _level(writer, node) >= least else _bracketed(pieces)


def _bracketed(pieces: Pieces) -> Pieces:
    return (Piece("("), *tight(pieces), Piece(")", tight=True))


def _joined(writer: Writer, parts: tuple[nodes.Expression, ...], terminal: str) -> Pieces:
    """Parts of `and` or `or`; a question about a list would take in what follows it."""
    found: list[Piece] = []
    for part in parts:
        pieces = _part(writer, part, NOT)
        if part is not parts[-1]:
            pieces = _bracketed(pieces) if _is_open(part) else pieces
            pieces += writer.word(terminal)
        found.extend(pieces)
    return tuple(found)


def _is_open(node: nodes.Expression) -> bool:
    return isinstance(node, nodes.Quantified) or (isinstance(node, nodes.Not) and _is_open(node.of))


def _or(writer: Writer, node: nodes.Or) -> Pieces:
    return _joined(writer, node.parts, "OR")


def _and(writer: Writer, node: nodes.And) -> Pieces:
    return _joined(writer, node.parts, "AND")


def _not(writer: Writer, node: nodes.Not) -> Pieces:
    return writer.fill("NOT of", of=_part(writer, node.of, NOT))


def _compare(writer: Writer, node: nodes.Compare) -> Pieces:
    sign = writer.word("IS_NOT") if node.op == "!=" else raw(node.op)
    return operand(writer, node.left) + sign + operand(writer, node.right)


def _asked(writer: Writer, node: nodes.Expression) -> Pieces:
    """What `in` asks about; `sum of T.X in …` would be read as a sum over a list."""
    return _part(writer, node, ATOM) if writer.has("SUM_OF") else operand(writer, node)


def _one_of(writer: Writer, node: nodes.OneOf) -> Pieces:
    options = writer.listed((part.span, operand(writer, part)) for part in node.options)
    listed = (Piece("["), *tight(options), Piece("]", tight=True))
    return writer.fill("value ONE_OF listed", value=_asked(writer, node.value), listed=listed)


def _among(writer: Writer, node: nodes.Among) -> Pieces:
    return writer.fill(
        "value ONE_OF several",
        value=_asked(writer, node.value),
        several=_path(writer, node.several),
    )


def _known(writer: Writer, node: nodes.Known) -> Pieces:
    return writer.fill("KNOWN fact", fact=_path(writer, node.fact))


def _quantified(writer: Writer, node: nodes.Quantified) -> Pieces:
    templates = {
        "any": ("ANY variable IN over WHERE where", "over AMONG HAS variable SATISFIES where"),
        "every": ("EVERY variable IN over WHERE where", "over AMONG EACH variable SATISFIES where"),
    }[node.which]
    return writer.fill(
        *templates,
        variable=node.variable,
        over=_path(writer, node.over),
        where=expression(writer, node.where),
    )


def _count_of(writer: Writer, node: nodes.CountOf) -> Pieces:
    return writer.fill("COUNT_OF over", "over OF COUNT", over=_path(writer, node.over))


def _sum_of(writer: Writer, node: nodes.SumOf) -> Pieces:
    return writer.fill(
        "SUM_OF field IN over",
        "over AMONG field OF TOTAL",
        field=_dotted(writer, (node.variable, node.field)),
        over=_path(writer, node.over),
    )


def _sum_of_values(writer: Writer, node: nodes.SumOfValues) -> Pieces:
    return writer.fill("SUM_OF over", "over OF TOTAL", over=_path(writer, node.over))


def _shift(writer: Writer, node: nodes.Shift) -> Pieces:
    templates = {
        "before": ("by BEFORE base", "base EARLIER by"),
        "after": ("by AFTER base", "base LATER by"),
    }[node.direction]
    base = _part(writer, node.base, _level(writer, node))
    return writer.fill(*templates, by=duration(writer, node.duration), base=base)


def _at_time(writer: Writer, node: nodes.AtTime) -> Pieces:
    return _part(writer, node.base, POSTFIX) + _time(writer, node.time)


def _days_until(writer: Writer, node: nodes.DaysUntil) -> Pieces:
    templates = ("DAYS_UNTIL moment", "DISTANCE_TO moment DAYS_LEFT")
    return writer.fill(*templates, moment=moment(writer, node.moment))


def _arithmetic(writer: Writer, node: nodes.Arithmetic) -> Pieces:
    level = _level(writer, node)
    return _part(writer, node.left, level) + raw(node.op) + _part(writer, node.right, level + 1)


def _item_is(writer: Writer, node: nodes.ItemIs) -> Pieces:
    return writer.fill(f"ITEM item {node.state.upper()}", item=node.item)


def _approval_is(writer: Writer, node: nodes.ApprovalIs) -> Pieces:
    return writer.fill(f"APPROVAL approval {node.state.upper()}", approval=node.approval)


def _every_item_done(writer: Writer, _node: nodes.EveryItemDone) -> Pieces:
    return writer.word("EVERY_ITEM_DONE")


def _item_count(writer: Writer, node: nodes.ItemCount) -> Pieces:
    return writer.word(f"COUNT_{node.state.upper()}")


def _path(writer: Writer, node: nodes.Path) -> Pieces:
    return _dotted(writer, node.names)


def _dotted(writer: Writer, names: tuple[nodes.Name, ...]) -> Pieces:
    found = list(writer.name(names[0]))
    for name in names[1:]:
        found.extend((Piece(".", tight=True), *tight(writer.name(name))))
    return tuple(found)


def _text(_writer: Writer, node: nodes.Text) -> Pieces:
    return quoted(node)


def _number(_writer: Writer, node: nodes.Number) -> Pieces:
    return raw(node.text)


def _percent(_writer: Writer, node: nodes.Percent) -> Pieces:
    return raw(f"{node.text}%")


def _money(_writer: Writer, node: nodes.Money) -> Pieces:
    return raw(node.amount) + raw(node.currency.text)


def _date(_writer: Writer, node: nodes.Date) -> Pieces:
    return raw(node.text)


def _time(_writer: Writer, node: nodes.Time) -> Pieces:
    return raw(node.text.zfill(_CLOCK))


def _date_time(writer: Writer, node: nodes.DateTime) -> Pieces:
    return _date(writer, node.date) + _time(writer, node.time)


def _yes_no(writer: Writer, node: nodes.YesNo) -> Pieces:
    return writer.word("YES" if node.value else "NO")


def bounds(node: nodes.Bounds | None) -> Pieces:
    """`1..15`."""
    return () if node is None else signs(node.low.text, "..", node.high.text)


_PRINTERS: Mapping[type, Callable[[Writer, Any], Pieces]] = {
    nodes.Or: _or,
    nodes.And: _and,
    nodes.Not: _not,
    nodes.Compare: _compare,
    nodes.OneOf: _one_of,
    nodes.Among: _among,
    nodes.Known: _known,
    nodes.Quantified: _quantified,
    nodes.CountOf: _count_of,
    nodes.SumOf: _sum_of,
    nodes.SumOfValues: _sum_of_values,
    nodes.Shift: _shift,
    nodes.AtTime: _at_time,
    nodes.DaysUntil: _days_until,
    nodes.Arithmetic: _arithmetic,
    nodes.ItemIs: _item_is,
    nodes.ApprovalIs: _approval_is,
    nodes.EveryItemDone: _every_item_done,
    nodes.ItemCount: _item_count,
    nodes.Path: _path,
    nodes.Text: _text,
    nodes.Number: _number,
    nodes.Percent: _percent,
    nodes.Money: _money,
    nodes.Date: _date,
    nodes.Time: _time,
    nodes.DateTime: _date_time,
    nodes.Duration: duration,
    nodes.YesNo: _yes_no,
}
