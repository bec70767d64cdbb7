"""W504: an item is due before one that must be done first.

Why: `after` keeps an item closed until the others are done, so whoever keeps the deadline of the others
is late with this one all the same.

Example: `item b` with `after a` and `due 10 days before last_day`; `item a` is due 5 days before it.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.tree import Expression, Shift
from dsl.model import Checked
from dsl.types import Duration


def early_deadline(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each item and one that it follows, where both hang on the same moment."""
    dues = {item.id: item.due for item in checked.rulebook.items}
    return tuple(
        finding(
            "W504",
            "warning",
            [
                label(checked, f"item.{item.id}.due", "W504.label"),
                label(checked, f"item.{before}.due", "W504.other"),
            ],
            {"item": item.id, "before": before},
        )
        for item in checked.rulebook.items
        for before in item.after
        if _is_earlier(item.due, dues.get(before))
    )


def _is_earlier(one: Expression | None, other: Expression | None) -> bool:
    """True if one moment surely lies before the other."""
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
    """A moment, and how long after it another one lies; negative if it lies before."""
    if not isinstance(moment, Shift):
        return moment, Duration(0, "day")
    sign = -1 if moment.direction == "before" else 1
    return moment.base, Duration(sign * moment.duration.amount, moment.duration.unit)
