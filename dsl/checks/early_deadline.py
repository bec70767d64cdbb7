"""W504: an item is due before one that must be done first.

Why: `after` keeps an item closed until the others are done, so whoever keeps the deadline of the others
is late with this one all the same.

Example: `item b` with `after a` and `due 10 days before last_day`; `item a` is due 5 days before it.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.earlier import is_earlier
from dsl.model import Checked


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
        if is_earlier(item.due, dues.get(before))
    )
