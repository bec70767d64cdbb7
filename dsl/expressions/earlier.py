"""Which of two moments lies before the other, where both hang on the same day."""

from __future__ import annotations

from dsl.expressions.tree import AtTime, Expression, Shift
from dsl.types import Duration


def is_earlier(one: Expression | None, other: Expression | None) -> bool:
    """True if one moment surely lies before the other; times of day are left aside."""
    if one is None or other is None:
        return False
    (base, first), (other_base, second) = _distance(one), _distance(other)
    if base != other_base:
        return False
    if first.amount < 0 and second.amount < 0:
        return _turned(first).exceeds(_turned(second))
    if first.amount > 0 and second.amount > 0:
        return second.exceeds(first)
    return first.amount < second.amount


def _turned(distance: Duration) -> Duration:
    return Duration(-distance.amount, distance.unit)


def _distance(moment: Expression) -> tuple[Expression, Duration]:
    """A day, and how long after it another one lies; negative if it lies before."""
    day = moment.base if isinstance(moment, AtTime) else moment
    if not isinstance(day, Shift):
        return day, Duration(0, "day")
    sign = -1 if day.direction == "before" else 1
    return day.base, Duration(sign * day.duration.amount, day.duration.unit)
