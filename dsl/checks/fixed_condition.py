"""W503: a condition that is always true, or never.

Why: the types and bounds of its facts decide it before any case is opened, so the condition does not say
what its writer meant.

Example: `fact level "Level" integer 1..15`, and a step `when level >= 20`; or `when level >= 5 or level < 8`.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import NamedTuple

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic, Term, Terms, Value
from dsl.expressions.outcomes import named, outcome_of
from dsl.expressions.tree import (
    AllOf,
    AnyOf,
    Compare,
    Constant,
    Expression,
    FactValue,
    Not,
    OneOf,
    Quantified,
)
from dsl.expressions.uses import walk
from dsl.model import Checked, ForEach, Item, Watch
from dsl.types import IntegerType, ListType, NumberType, Type

CONDITIONS = (AllOf, AnyOf, Compare, Not, OneOf)


_LABELS: dict[str | None, str] = {"idle": "W503.idle.label"}


class Fixed(NamedTuple):
    """A condition and what it always comes to; where that hangs on another, that one."""

    condition: Expression
    outcome: bool
    beside: Expression | None = None


def fixed_condition(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each such condition, the smallest part of it that is fixed, at its clause."""
    known = _Known(checked)
    return tuple(
        finding(
            "W503",
            "warning",
            [label(checked, path, _LABELS.get(variant, "W503.label"))],
            values,
            variant,
        )
        for parts, watch in _declared(checked)
        for types in [known.types((parts, watch))]
        for path, part in parts
        for each in _fixed(part, types)
        for variant, values in _told(checked, each, types)
    )


Parts = tuple[tuple[str, object], ...]
"""The parts of a declaration with conditions in them, by the clause that they are told at."""


def _declared(checked: Checked) -> Iterator[tuple[Parts, Watch | None]]:
    """What has conditions, declaration by declaration; a rule may have bound a variable besides."""
    rulebook = checked.rulebook
    for approval in rulebook.approvals:
        path = f"approval.{approval.id}.steps"
        steps = (one for one in approval.steps if one.when is not None)
        yield tuple((f"{path}.{step.id}", step.when) for step in steps), None
    for item in rulebook.items:
        yield tuple(one for one in _of_item(item) if one[1] is not None), None
    for process in rulebook.processes:
        path = f"process.{process.id}.body"
        yield tuple((f"{path}.{at}", part) for at, part in enumerate(process.body)), None
    for gate in rulebook.gates:
        yield tuple((f"gate.{gate.id}.until.{at}", one) for at, one in enumerate(gate.until)), None
    for rule in rulebook.rules:
        yield ((f"rule.{rule.id}.when", rule.when),), rule.watch


class _Known:
    """The types of all facts, and of the fields of variables."""

    def __init__(self, checked: Checked) -> None:
        rulebook = checked.rulebook
        self._facts = {fact.id: fact.type for fact in rulebook.facts}
        self._records = {record.id: record for record in rulebook.records}
        types = ((id_, type_) for id_, type_ in self._facts.items() if isinstance(type_, ListType))
        feeds = {feed.id: feed.record for feed in rulebook.feeds}
        self._lists = {id_: type_.record for id_, type_ in types} | feeds

    def types(self, parts: object) -> Mapping[str, Type]:
        """Those that parts of a declaration may speak of; none of a name that stands for two lists."""
        over: dict[str, set[str]] = {}
        for one in walk(parts):
            match one:
                case (
                    ForEach(variable, of)
                    | Watch(variable, of)
                    | Quantified(_, variable, FactValue(of))
                ):
                    over.setdefault(variable, set()).add(self._lists.get(of, ""))
                case _:
                    pass
        fields = {
            f"{variable}.{field.id}": field.type
            for variable, found in over.items()
            for record in found
            if len(found) == 1 and record in self._records
            for field in self._records[record].fields
        }
        return ChainMap(fields, self._facts) if fields else self._facts


def _of_item(item: Item) -> Iterator[tuple[str, object]]:
    path = f"item.{item.id}"
    yield f"{path}.applies", item.applies
    yield f"{path}.each", item.each
    yield f"{path}.accepted", item.accepted
    yield from ((f"{path}.content.{one.id}", one.when) for one in item.contents)
    yield from ((f"{path}.evidence.{one.id}", one.when) for one in item.evidence)


def _fixed(part: object, types: Mapping[str, Type]) -> Iterator[Fixed]:
    """The smallest fixed conditions in a part of the model."""
    found = False
    inner = part if isinstance(part, tuple) else _fields(part)
    for one in inner:
        for each in _fixed(one, types):
            found = True
            yield each
    if not found and isinstance(part, CONDITIONS):
        outcome = outcome_of(part, types)
        if outcome is not None:
            yield Fixed(part, outcome)
        elif isinstance(part, AllOf | AnyOf):
            yield from _idle(part, types)


def _idle(whole: AllOf | AnyOf, types: Mapping[str, Type]) -> Iterator[Fixed]:
    """The first comparison of a fact that another comparison of it, beside it, makes needless."""
    of: dict[str, list[Compare]] = {}
    for part in whole.parts:
        fact = _compared(part)
        if fact is not None and isinstance(part, Compare):
            of.setdefault(fact, []).append(part)
    every = isinstance(whole, AllOf)
    pairs = ((one, two) for parts in of.values() for one, two in permutations(parts, 2))
    for one, two in pairs:
        # What `and` asks besides says nothing where it follows; what `or` lets in, where it leads to the other.
        against = AllOf((Not(one), two) if every else (one, Not(two)))
        if outcome_of(against, types) is False:
            yield Fixed(one, every, two)
            return


def _compared(part: Expression) -> str | None:
    """The fact or field that a part compares with a value."""
    match part:
        case Compare(_, _, Constant()) if len(found := named(part)) == 1:
            return next(iter(found))
        case _:
            return None


def _fields(part: object) -> tuple[object, ...]:
    return tuple(getattr(part, name) for name in getattr(part, "__struct_fields__", ()))


def _told(
    checked: Checked, fixed: Fixed, types: Mapping[str, Type]
) -> Iterator[tuple[str | None, dict[str, Value]]]:
    """How a condition is told: that of one comparison alone, or of one fact alone, tells more."""
    outcome: dict[str, Value] = {"outcome": Term("always" if fixed.outcome else "never")}
    if fixed.beside is not None:
        yield "idle", {"idle": _shown(fixed.condition), "says": _shown(fixed.beside)}
        return
    alone = _alone(fixed.condition, types)
    too_much = [] if fixed.outcome else _asked_too_much(fixed.condition, types)
    if alone is not None:
        yield None, outcome | alone
    elif too_much:
        for fact in too_much:
            words = {word: keyword(checked, word) for word in ("or", "in")}
            yield "together", {**outcome, "fact": fact, **words}
    else:
        facts = Terms(tuple(sorted(named(fixed.condition))))
        yield "whole", {**outcome, "facts": facts}


def _shown(condition: Expression) -> str:
    match condition:
        case Compare(op, _, Constant(_, value)):
            return f"{_compared(condition)} {op} {value}"
        case _:
            return ""


def _alone(condition: Expression, types: Mapping[str, Type]) -> dict[str, Value] | None:
    """What fills the message of a comparison with a number outside the bounds of a fact."""
    match condition:
        case Compare(op, left, Constant(_, value)):
            fact = next(iter(named(left)), "")
            type_ = types.get(fact)
            if not isinstance(type_, IntegerType | NumberType) or None in {type_.low, type_.high}:
                return None
            low, high = type_.low or 0, type_.high or 0
            return {"fact": fact, "low": low, "high": high, "op": op, "value": str(value)}
        case _:
            return None


def _asked_too_much(condition: Expression, types: Mapping[str, Type]) -> list[str]:
    """The facts that cannot meet all that a condition asks of them at once."""
    if not isinstance(condition, AllOf):
        return []
    parts = tuple(_flat(condition))
    of = {fact: tuple(one for one in parts if named(one) == {fact}) for fact in types}
    return [
        fact
        for fact, some in of.items()
        if len(some) > 1 and outcome_of(AllOf(some), types) is False
    ]


def _flat(condition: AllOf) -> Iterator[Expression]:
    for part in condition.parts:
        if isinstance(part, AllOf):
            yield from _flat(part)
        else:
            yield part
