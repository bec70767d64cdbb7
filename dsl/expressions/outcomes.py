"""What a condition can come to, whatever values its facts have: true, false, or either.

The values of each fact are parted where a comparison of the condition can turn, as a decision table parts
them, and one of each part is tried. Whatever else stands in the condition is tried as true and as false, each
by itself; so a condition that is said to be fixed surely is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod
from typing import NamedTuple

from dsl.expressions.axis import ORDERED, axis_of
from dsl.expressions.tables import Cell, Column, Same, Side
from dsl.expressions.tree import AllOf, AnyOf, Compare, Constant, Expression, FactValue, Not, OneOf
from dsl.types import IntegerType, NumberType, Type, YesNoType

MAX_TRIES = 1000
"""A condition with more combinations of values is taken to come to either."""


class Asked(NamedTuple):
    """What an atom asks: whether a fact has a value that a cell of a table takes, or does not take."""

    fact: str
    cell: Cell
    taken: bool = True


def outcome_of(condition: Expression, types: Mapping[str, Type]) -> bool | None:
    """What a condition always comes to; None if it depends on something.

    Args:
        condition: of type yes/no.
        types: those of the facts.
    """
    # Atoms are known by what they say: constants of a choice cannot be hashed.
    said = {id(atom): repr(atom) for atom in _atoms(condition)}
    atoms = {said[id(atom)]: asked(atom, types) for atom in _atoms(condition)}
    rows: dict[str, list[str]] = {}
    for atom, one in atoms.items():
        rows.setdefault(one.fact if one else atom, []).append(atom)
    tried = [_tried(of, [atoms[atom] for atom in row], types) for of, row in rows.items()]
    if prod(map(len, tried)) > MAX_TRIES:
        return None
    found: set[bool] = set()
    for masks in product(*tried):
        truths = _truths(tuple(rows.values()), masks)
        found.add(_holds(condition, {at: truths[atom] for at, atom in said.items()}))
    return found.pop() if len(found) == 1 else None


def asked(atom: Expression, types: Mapping[str, Type]) -> Asked | None:
    """What an atom asks of one fact; None if it asks something else."""
    match atom:
        case FactValue(fact) if isinstance(types[fact], YesNoType):
            return Asked(fact, (Same(True),))  # noqa: FBT003 (the value is `yes`)
        case OneOf(FactValue(fact), options):
            same = tuple(Same(one.value) for one in options if isinstance(one, Constant))
            return Asked(fact, same) if len(same) == len(options) else None
        case Compare(("=" | "!=") as op, FactValue(fact), Constant(_, value)):
            return Asked(fact, (Same(value),), op == "=")
        case Compare(("<" | "<=" | ">" | ">=") as op, FactValue(fact), Constant(_, value)):
            return Asked(fact, (Side(op, value),)) if isinstance(types[fact], ORDERED) else None
        case _:
            return None


def _atoms(condition: Expression) -> Iterator[Expression]:
    """The parts that are not put together of others by and, or and not."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _atoms(part)
        case Not(of):
            yield from _atoms(of)
        case _:
            yield condition


def _tried(of: str, row: list[Asked | None], types: Mapping[str, Type]) -> set[int]:
    """Which of the atoms about one thing can hold together, each a bit."""
    questions = [one for one in row if one is not None]
    if not questions:
        return {0, 1}
    type_ = types[of]
    low, high = getattr(type_, "low", None), getattr(type_, "high", None)
    # A comparison may name a number that the fact can never be.
    unbounded = type(type_)() if isinstance(type_, IntegerType | NumberType) else type_
    column = Column(of, unbounded, low, high)
    axis = axis_of(column, [one.cell for one in questions])
    turned = sum((not one.taken) << at for at, one in enumerate(questions))
    return {axis.masks[piece] ^ turned for piece in axis.inside}


def _truths(rows: tuple[list[str], ...], masks: tuple[int, ...]) -> dict[str, bool]:
    return {
        atom: bool(mask >> at & 1)
        for row, mask in zip(rows, masks, strict=True)
        for at, atom in enumerate(row)
    }


def _holds(condition: Expression, truths: Mapping[int, bool]) -> bool:
    """What a condition comes to by the truth of each of its atoms, these by their identity."""
    match condition:
        case AllOf(parts):
            return all(_holds(part, truths) for part in parts)
        case AnyOf(parts):
            return any(_holds(part, truths) for part in parts)
        case Not(of):
            return not _holds(of, truths)
        case _:
            return truths[id(condition)]
