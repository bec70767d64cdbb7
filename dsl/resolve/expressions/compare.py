"""Comparisons: both sides of one type and one unit."""

from __future__ import annotations

from decimal import Decimal

from dsl import nodes
from dsl.diagnostic import Fix, Value
from dsl.expressions import tree
from dsl.resolve.expressions.frame import Frame, Rule, Typed, describe
from dsl.resolve.expressions.paths import is_bare
from dsl.types import (
    ChoiceType,
    DateTimeType,
    DateType,
    DurationType,
    IntegerType,
    ListType,
    MoneyType,
    NumberType,
    PercentType,
    RecordType,
    SeveralType,
    TimeType,
    Type,
    YesNoType,
)

ORDERED = (IntegerType, NumberType, PercentType, MoneyType, DateType, DateTimeType, TimeType)
PLAIN = (IntegerType, NumberType)
WORKING = ("working_hour", "working_day")


def alike(left: Type, right: Type) -> bool:
    """True if values of the two types can be compared."""
    match left, right:
        case (IntegerType() | NumberType(), IntegerType() | NumberType()):
            return True
        case MoneyType(), MoneyType():
            return left.currency == right.currency
        case ChoiceType(), ChoiceType():
            return {each.id for each in left.options} == {each.id for each in right.options}
        case _:
            return type(left) is type(right)


def fits(frame: Frame, node: nodes.Expression, wanted: Type, found: Typed) -> bool:
    """True if a typed expression can stand where a type is wanted; else it is reported."""
    if alike(wanted, found.type):
        return True
    code, fix = _misfit(frame, node, wanted, found)
    values: dict[str, Value] = {"wanted": describe(wanted), "found": describe(found.type)}
    if isinstance(wanted, MoneyType) and isinstance(found.type, MoneyType):
        values |= {"wanted": wanted.currency, "found": found.type.currency}
    values["example"] = frame.desk.keyword("example_time")
    if isinstance(node, nodes.Duration) and code == "E302":
        fix = Fix("fix.unit", frame.desk.edit(node, str(node.amount)), {"text": str(node.amount)})
        frame.desk.error(code, node, values, variant="duration", fix=fix)
        return False
    frame.desk.error(code, node, values, hint=code != "E301", fix=fix)
    return False


def _misfit(
    frame: Frame, node: nodes.Expression, wanted: Type, found: Typed
) -> tuple[str, Fix | None]:
    match wanted, found.type:
        case MoneyType(), MoneyType():
            return "E303", None
        case (PercentType() | MoneyType(), IntegerType() | NumberType()):
            return "E302", _with_unit(frame, node, wanted)
        case (IntegerType() | NumberType(), PercentType() | MoneyType() | DurationType()):
            return "E302", None
        case (DateType(), DateTimeType()) | (DateTimeType(), DateType()):
            return "E305", None
        case _:
            return "E301", None


def _with_unit(frame: Frame, node: nodes.Expression, wanted: Type) -> Fix | None:
    if not isinstance(node, nodes.Number):
        return None
    number = node.text
    if isinstance(wanted, PercentType) and 0 < Decimal(number) < 1:
        number = f"{(Decimal(number) * 100).normalize():f}"  # `0.5` of something is half of it
    text = f"{number} {wanted.currency}" if isinstance(wanted, MoneyType) else f"{number}%"
    return Fix("fix.unit", frame.desk.edit(node, text), {"text": text})


def _compare(frame: Frame, node: nodes.Compare, _expected: Type | None) -> Typed | None:
    sides = _sides(frame, node.left, node.right)
    if sides is None:
        return None
    left, right = sides
    if not is_single(frame, node.left, left) or not is_single(frame, node.right, right):
        return None
    if not _fit_each_other(frame, node, left, right):
        return None
    if node.op not in {"=", "!="} and not isinstance(left.type, ORDERED):
        frame.desk.error("E308", node, {"type": describe(left.type), "op": node.op}, hint=True)
        return None
    return Typed(tree.Compare(node.op, left.tree, right.tree), YesNoType())


def _sides(
    frame: Frame, left: nodes.Expression, right: nodes.Expression
) -> tuple[Typed, Typed] | None:
    """Both sides typed; a bare option or a literal takes its meaning from the other side.

    Of two bare names the left one should be a fact, and is the one that is not declared.
    """
    bare = is_bare(frame, left)
    swap = (bare and not is_bare(frame, right)) or isinstance(left, nodes.Text)
    first, second = (right, left) if swap else (left, right)
    a = frame.infer(first)
    if a is None:
        # What a bare name would mean depends on the side that is wrong already.
        if not is_bare(frame, second):
            frame.infer(second)
        return None
    b = frame.infer(second, a.type)
    if b is None:
        return None
    return (b, a) if swap else (a, b)


def _fit_each_other(frame: Frame, node: nodes.Compare, left: Typed, right: Typed) -> bool:
    if isinstance(node.left, nodes.Literals) and not isinstance(node.right, nodes.Literals):
        return fits(frame, node.left, right.type, left)
    if not fits(frame, node.right, left.type, right):
        return False
    if isinstance(left.type, DurationType):
        return _one_kind_of_time(frame, node)
    return True


def _one_kind_of_time(frame: Frame, node: nodes.Compare) -> bool:
    left, right = node.left, node.right
    if not isinstance(left, nodes.Duration) or not isinstance(right, nodes.Duration):
        return True
    if (left.unit in WORKING) == (right.unit in WORKING):
        return True
    frame.desk.error("E304", node, {}, hint=True)
    return False


def is_single(frame: Frame, node: nodes.Expression, found: Typed) -> bool:
    """True if a typed expression is one value, not a list or a record; else it is reported."""
    if not isinstance(found.type, ListType | RecordType | SeveralType):
        return True
    frame.desk.error(
        "E311", node, {"type": describe(found.type)}, hint=True, label=True, variant="value"
    )
    return False


def _one_of(frame: Frame, node: nodes.OneOf, _expected: Type | None) -> Typed | None:
    value = frame.infer(node.value)
    if value is None or not is_single(frame, node.value, value):
        return None
    options: list[tree.Expression] = []
    for each in node.options:
        option = frame.infer(each, value.type)
        if option is not None and fits(frame, each, value.type, option):
            options.append(option.tree)
    if len(options) < len(node.options):
        return None
    return Typed(tree.OneOf(value.tree, tuple(options)), YesNoType())


RULES: dict[type, Rule] = {nodes.Compare: _compare, nodes.OneOf: _one_of}
