"""What a condition can come to, whatever values its facts have: true, false, or either.

The values of each fact are parted where a comparison of the condition can turn, as a decision table parts
them, and one of each part is tried. Whatever else stands in the condition is tried as true and as false, each
by itself; so a condition that is said to be fixed surely is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from dsl.expressions.axis import ORDERED, axis_of
from dsl.expressions.tables import Cell, Column, Same, Side
from dsl.expressions.tree import (
    AllOf,
    AnyOf,
    ApprovalIs,
    Compare,
    Constant,
    Expression,
    FactValue,
    FieldOf,
    Not,
    OneOf,
    Variable,
)
from dsl.expressions.uses import facts_of, walk
from dsl.types import IntegerType, NumberType, TextType, Type, YesNoType

MAX_TRIES = 5000
"""A condition that is not decided by then is taken to come to either."""


class Asked(NamedTuple):
    """What an atom asks: whether something has a value that a cell of a table takes, or does not take.

    Attributes:
        of: a fact, a field of a variable's records (`x.f`), or how an approval has ended.
        cell: the values.
        taken: whether it has one of them, or none.
    """

    of: str
    cell: Cell
    taken: bool = True


def outcome_of(condition: Expression, types: Mapping[str, Type]) -> bool | None:
    """What a condition always comes to; None if it depends on something.

    Args:
        condition: of type yes/no.
        types: those of the facts, and of the fields of variables, `x.f`.
    """
    # Atoms are known by what they say: constants of a choice cannot be hashed.
    said = {id(atom): repr(atom) for atom in _atoms(condition)}
    atoms = {said[id(atom)]: asked(atom, types) for atom in _atoms(condition)}
    rows: dict[str, list[str]] = {}
    for atom, one in atoms.items():
        rows.setdefault(one.of if one else atom, []).append(atom)
    tried = [(row, _tried(of, [atoms[one] for one in row], types)) for of, row in rows.items()]
    found = _Search(condition, said, tried).outcomes()
    return found.pop() if len(found) == 1 else None


def named(condition: object) -> frozenset[str]:
    """What a condition speaks of: facts, fields of variables as `x.f`, approvals."""
    parts = list(walk(condition))
    fields = filter(None, (_subject(one) for one in parts if isinstance(one, FieldOf)))
    approvals = (one.approval for one in parts if isinstance(one, ApprovalIs))
    return facts_of(condition).union(fields, approvals)


class _Search:
    """Tries what can hold together, one thing after the other, as long as the condition is open."""

    def __init__(
        self,
        condition: Expression,
        said: Mapping[int, str],
        tried: list[tuple[list[str], set[int]]],
    ) -> None:
        self._condition = condition
        self._said = said
        self._tried = tried
        self._left = MAX_TRIES

    def outcomes(self) -> set[bool]:
        """What the condition can come to; either once it takes too long to say."""
        found: set[bool] = set()
        self._try(0, {}, found)
        return found if self._left > 0 else {True, False}

    def _try(self, at: int, truths: dict[str, bool], found: set[bool]) -> None:
        self._left -= 1
        if self._left <= 0 or len(found) > 1:
            return
        outcome = self._holds(self._condition, truths)
        if outcome is not None:
            found.add(outcome)
            return
        row, masks = self._tried[at]
        for mask in masks:
            here = {atom: bool(mask >> place & 1) for place, atom in enumerate(row)}
            self._try(at + 1, truths | here, found)

    def _holds(self, condition: Expression, truths: Mapping[str, bool]) -> bool | None:
        """What a condition comes to by the truth of its atoms, as far as that is known."""
        match condition:
            case AllOf(parts):
                found = {self._holds(part, truths) for part in parts}
                return False if False in found else None if None in found else True
            case AnyOf(parts):
                found = {self._holds(part, truths) for part in parts}
                return True if True in found else None if None in found else False
            case Not(of):
                inner = self._holds(of, truths)
                return None if inner is None else not inner
            case _:
                return truths.get(self._said[id(condition)])


def asked(atom: Expression, types: Mapping[str, Type]) -> Asked | None:
    """What an atom asks of one thing; None if it asks something else."""
    match atom:
        case ApprovalIs(approval, state):
            return Asked(f"approval {approval}", (Same(state),))
        case OneOf(value, options) if (of := _subject(value)) in types:
            same = tuple(Same(one.value) for one in options if isinstance(one, Constant))
            return Asked(str(of), same) if len(same) == len(options) else None
        case Compare(("=" | "!=") as op, left, Constant(_, value)) if (
            of := _subject(left)
        ) in types:
            return Asked(str(of), (Same(value),), op == "=")
        case Compare(("<" | "<=" | ">" | ">=") as op, left, Constant(_, value)):
            of = _subject(left)
            ordered = isinstance(types.get(of or ""), ORDERED)
            return Asked(str(of), (Side(op, value),)) if ordered else None
        case _:
            of = _subject(atom)
            is_yes = isinstance(types.get(of or ""), YesNoType)
            return Asked(str(of), (Same(True),)) if is_yes else None  # noqa: FBT003 (the value is `yes`)


def _subject(value: object) -> str | None:
    """The fact or the field that a value is."""
    match value:
        case FactValue(fact):
            return fact
        case FieldOf(Variable(name), field):
            return f"{name}.{field}"
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
    type_ = types.get(of, TextType())  # an approval may have ended in other ways too
    low, high = getattr(type_, "low", None), getattr(type_, "high", None)
    # A comparison may name a number that the fact can never be.
    unbounded = type(type_)() if isinstance(type_, IntegerType | NumberType) else type_
    column = Column(of, unbounded, low, high)
    axis = axis_of(column, [one.cell for one in questions])
    turned = sum((not one.taken) << at for at, one in enumerate(questions))
    return {axis.masks[piece] ^ turned for piece in axis.inside}
