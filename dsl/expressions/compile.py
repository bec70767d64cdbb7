"""Expressions to Python functions, once, so that evaluating one costs about what Python costs.

The function is built as a syntax tree, not as text: whatever a rulebook says enters as a constant
and can never become code.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import reduce
from types import CodeType, FunctionType
from typing import Any, cast
from zoneinfo import ZoneInfo

from dsl.expressions import tree
from dsl.expressions.axis import cell_value
from dsl.expressions.environment import Environment, NoValueError
from dsl.expressions.lookup import Place, index_of
from dsl.expressions.scalars import ValueProblem, decode_scalar
from dsl.expressions.tables import Table
from dsl.types import RoleType

Compiled = Callable[[Mapping[str, object], Environment], object]
"""`compiled(facts, environment)` on decoded values; an absent fact is absent from the mapping, and
what `for each x` binds stands beside the facts under its own name.

Raises a LookupError where a value that the expression needs does not exist.
"""

__all__ = ["Compiled", "Environment", "NoValueError", "compile_expression", "holds"]

_FACTS = "facts"
_ENVIRONMENT = "environment"
_COMPARISONS: dict[tree.Comparison, type[ast.cmpop]] = {
    "=": ast.Eq, "!=": ast.NotEq, "<": ast.Lt, "<=": ast.LtE, ">": ast.Gt, ">=": ast.GtE,
}  # fmt: skip
_UTC = ZoneInfo("UTC")


def compile_expression(
    expression: tree.Expression, tables: Mapping[str, Table] | None = None
) -> Compiled:
    """The function that evaluates a checked expression.

    Args:
        expression: of a checked model.
        tables: the decision tables of the model, by id.
    """
    builder = _Builder(tables or {})
    body = builder.build(expression, {})
    arguments = ast.arguments(
        posonlyargs=[],
        args=[ast.arg(_FACTS), ast.arg(_ENVIRONMENT)],
        kwonlyargs=[],
        kw_defaults=[],
        defaults=[],
    )
    whole = ast.fix_missing_locations(ast.Expression(ast.Lambda(arguments, body)))
    code = compile(whole, "<expression>", "eval")
    inner = next(part for part in code.co_consts if isinstance(part, CodeType))
    return cast("Compiled", FunctionType(inner, builder.names, "expression"))


def holds(condition: Compiled, facts: Mapping[str, object], environment: Environment) -> bool:
    """True if a condition is true; one that lacks a value is not true yet."""
    try:
        return condition(facts, environment) is True
    except LookupError:
        return False


class _Builder:
    """Turns one expression into a Python syntax tree and collects what it refers to."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self.tables = tables
        self.names: dict[str, Any] = {
            "any": any, "all": all, "len": len, "sum": sum,
            "first": _first, "given": _given, "exists": _exists, "divide": _divide,
        }  # fmt: skip

    def build(self, part: tree.Expression, bound: Mapping[str, str]) -> ast.expr:
        """The Python of an expression.

        Args:
            part: the expression.
            bound: the Python name of each loop variable.
        """
        return _BUILDERS[type(part)](self, part, bound)

    def refer(self, value: object) -> ast.expr:
        """A name that stands for a value."""
        name = f"k{len(self.names)}"
        self.names[name] = value
        return _load(name)

    def look_up(self, table: Table, give: Callable[[tuple[int, ...]], object]) -> ast.expr:
        """What a decision table gives for the facts."""
        index = index_of(table, give)
        places = [self._place(_item(_load(_FACTS), fact), place) for fact, place in index.columns]
        if index.entries is not None:
            together = reduce(lambda one, other: ast.BinOp(one, ast.Add(), other), places)
            return ast.Subscript(self.refer(index.entries), together, ast.Load())
        together = reduce(lambda one, other: ast.BinOp(one, ast.BitAnd(), other), places)
        return ast.Call(self.refer(index.pick), [together], [])

    def _place(self, value: ast.expr, place: Mapping[Any, int] | Place) -> ast.expr:
        if isinstance(place, Mapping):
            return ast.Subscript(self.refer(place), value, ast.Load())
        return ast.Call(self.refer(place), [value], [])

    def ask(self, method: Callable[..., object], *arguments: ast.expr) -> ast.expr:
        """A call of one of the environment's methods."""
        asked = ast.Attribute(_load(_ENVIRONMENT), method.__name__, ast.Load())
        return ast.Call(asked, [*arguments], [])

    def call(self, function: str, *arguments: ast.expr) -> ast.expr:
        """A call of one of the helpers."""
        return ast.Call(_load(function), [*arguments], [])


def _first(people: tuple[str, ...]) -> str:
    if not people:
        raise NoValueError("nobody")
    return people[0]


def _given(value: object) -> object:
    if value is None:
        raise NoValueError("not given")
    return value


def _exists(evaluate: Callable[[], object]) -> bool:
    try:
        evaluate()
    except LookupError:
        return False
    return True


def _divide(left: Decimal | int, right: Decimal | int) -> Decimal:
    if right == 0:
        raise NoValueError("division by zero")
    return Decimal(left) / Decimal(right)


def _load(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def _item(of: ast.expr, key: str) -> ast.expr:
    return ast.Subscript(of, ast.Constant(key), ast.Load())


def _constant(self: _Builder, part: tree.Constant, _bound: Mapping[str, str]) -> ast.expr:
    value = decode_scalar(part.type, part.value, _UTC)
    if isinstance(value, ValueProblem):
        raise TypeError(f"{value.code}: {part.value!r}")
    return ast.Constant(value) if isinstance(value, str | int) else self.refer(value)


def _fact(_self: _Builder, part: tree.FactValue, _bound: Mapping[str, str]) -> ast.expr:
    return _item(_load(_FACTS), part.fact)


def _variable(_self: _Builder, part: tree.Variable, bound: Mapping[str, str]) -> ast.expr:
    if part.name in bound:
        return _load(bound[part.name])
    return _item(_load(_FACTS), part.name)


def _field(self: _Builder, part: tree.FieldOf, bound: Mapping[str, str]) -> ast.expr:
    return _item(self.build(part.of, bound), part.field)


def _party(self: _Builder, part: tree.PartyValue, _bound: Mapping[str, str]) -> ast.expr:
    return self.call("first", self.ask(Environment.people, self.refer(part.party)))


def _attribute(self: _Builder, part: tree.AttributeOf, bound: Mapping[str, str]) -> ast.expr:
    of = self.build(part.of, bound)
    return self.call("given", self.ask(Environment.attribute, of, ast.Constant(part.attribute)))


def _content(self: _Builder, part: tree.ContentOf, _bound: Mapping[str, str]) -> ast.expr:
    wanted = (ast.Constant(part.item), ast.Constant(part.content))
    return self.call("given", self.ask(Environment.content, *wanted))


def _table_value(self: _Builder, part: tree.TableValue, _bound: Mapping[str, str]) -> ast.expr:
    table = self.tables[part.table]
    at = next(at for at, output in enumerate(table.outputs) if output.id == part.output)
    type_ = table.outputs[at].type
    wires = [row.gives[at] for row in table.rows]
    values = wires if isinstance(type_, RoleType) else [cell_value(type_, one) for one in wires]

    def give(rows: tuple[int, ...]) -> object:
        return tuple(values[row] for row in rows) if table.hit == "collect" else values[rows[0]]

    return self.look_up(table, give)


def _this_item(self: _Builder, part: tree.ThisItem, _bound: Mapping[str, str]) -> ast.expr:
    return self.call("given", self.ask(Environment.this_item, ast.Constant(part.attribute)))


def _compare(self: _Builder, part: tree.Compare, bound: Mapping[str, str]) -> ast.expr:
    left, right = self.build(part.left, bound), self.build(part.right, bound)
    if isinstance(right, ast.Constant) and isinstance(right.value, bool):
        # `on_call = yes` is what `on_call` says.
        return left if (part.op == "=") == right.value else ast.UnaryOp(ast.Not(), left)
    return ast.Compare(left, [_COMPARISONS[part.op]()], [right])


def _arithmetic(self: _Builder, part: tree.Arithmetic, bound: Mapping[str, str]) -> ast.expr:
    left, right = self.build(part.left, bound), self.build(part.right, bound)
    match part.op:
        case "+":
            return ast.BinOp(left, ast.Add(), right)
        case "-":
            return ast.BinOp(left, ast.Sub(), right)
        case "*":
            return ast.BinOp(left, ast.Mult(), right)
        case "/":
            return self.call("divide", left, right)


def _one_of(self: _Builder, part: tree.OneOf, bound: Mapping[str, str]) -> ast.expr:
    options = [self.build(option, bound) for option in part.options]
    value = self.build(part.value, bound)
    return ast.Compare(value, [ast.In()], [ast.Tuple(options, ast.Load())])


def _among(self: _Builder, part: tree.Among, bound: Mapping[str, str]) -> ast.expr:
    value, several = self.build(part.value, bound), self.build(part.several, bound)
    return ast.Compare(value, [ast.In()], [several])


def _all_of(self: _Builder, part: tree.AllOf, bound: Mapping[str, str]) -> ast.expr:
    return ast.BoolOp(ast.And(), [self.build(each, bound) for each in part.parts])


def _any_of(self: _Builder, part: tree.AnyOf, bound: Mapping[str, str]) -> ast.expr:
    return ast.BoolOp(ast.Or(), [self.build(each, bound) for each in part.parts])


def _not(self: _Builder, part: tree.Not, bound: Mapping[str, str]) -> ast.expr:
    return ast.UnaryOp(ast.Not(), self.build(part.of, bound))


def _known(_self: _Builder, part: tree.Known, _bound: Mapping[str, str]) -> ast.expr:
    return ast.Compare(ast.Constant(part.fact), [ast.In()], [_load(_FACTS)])


def _known_value(self: _Builder, part: tree.KnownValue, bound: Mapping[str, str]) -> ast.expr:
    nothing = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[])
    return self.call("exists", ast.Lambda(nothing, self.build(part.of, bound)))


def _quantified(self: _Builder, part: tree.Quantified, bound: Mapping[str, str]) -> ast.expr:
    name = f"row{len(bound)}"
    over = self.build(part.over, bound)
    where = self.build(part.where, {**bound, part.variable: name})
    loop = ast.comprehension(ast.Name(name, ast.Store()), over, [], 0)
    return self.call("any" if part.which == "any" else "all", ast.GeneratorExp(where, [loop]))


def _count_of(self: _Builder, part: tree.CountOf, bound: Mapping[str, str]) -> ast.expr:
    return self.call("len", self.build(part.over, bound))


def _sum_of(self: _Builder, part: tree.SumOf, bound: Mapping[str, str]) -> ast.expr:
    over = self.build(part.over, bound)
    if part.field is None:
        return self.call("sum", over)
    name = f"row{len(bound)}"
    loop = ast.comprehension(ast.Name(name, ast.Store()), over, [], 0)
    return self.call("sum", ast.GeneratorExp(_item(_load(name), part.field), [loop]))


def _shift(self: _Builder, part: tree.Shift, bound: Mapping[str, str]) -> ast.expr:
    base = self.build(part.base, bound)
    return self.ask(
        Environment.shift, base, self.refer(part.duration), ast.Constant(part.direction)
    )


def _at_time(self: _Builder, part: tree.AtTime, bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.at_time, self.build(part.base, bound), ast.Constant(part.time))


def _days_until(self: _Builder, part: tree.DaysUntil, bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.days_until, self.build(part.moment, bound))


def _item_is(self: _Builder, part: tree.ItemIs, _bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.item_is, ast.Constant(part.item), ast.Constant(part.state))


def _every_item(self: _Builder, _part: tree.EveryItemDone, _bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.every_item_done)


def _item_count(self: _Builder, part: tree.ItemCount, _bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.item_count, ast.Constant(part.state))


def _approval_is(self: _Builder, part: tree.ApprovalIs, _bound: Mapping[str, str]) -> ast.expr:
    return self.ask(Environment.approval_is, ast.Constant(part.approval), ast.Constant(part.state))


_BUILDERS: dict[type, Callable[[_Builder, Any, Mapping[str, str]], ast.expr]] = {
    tree.Constant: _constant,
    tree.FactValue: _fact,
    tree.Variable: _variable,
    tree.FieldOf: _field,
    tree.PartyValue: _party,
    tree.AttributeOf: _attribute,
    tree.ContentOf: _content,
    tree.TableValue: _table_value,
    tree.ThisItem: _this_item,
    tree.Compare: _compare,
    tree.Arithmetic: _arithmetic,
    tree.OneOf: _one_of,
    tree.Among: _among,
    tree.AllOf: _all_of,
    tree.AnyOf: _any_of,
    tree.Not: _not,
    tree.Known: _known,
    tree.KnownValue: _known_value,
    tree.Quantified: _quantified,
    tree.CountOf: _count_of,
    tree.SumOf: _sum_of,
    tree.Shift: _shift,
    tree.AtTime: _at_time,
    tree.DaysUntil: _days_until,
    tree.ItemIs: _item_is,
    tree.EveryItemDone: _every_item,
    tree.ItemCount: _item_count,
    tree.ApprovalIs: _approval_is,
}
