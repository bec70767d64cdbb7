"""W515: an item is due after an account of whoever hands it over is taken back.

Why: people lose their accounts when they leave, so a later deadline asks for the work of somebody who is gone.

Example: `access mail` with `revoke on last_day 18:00 from leaver`; `item keys` is `from leaver to hr` and
`due 10 days after last_day`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.earlier import is_earlier
from dsl.model import Checked


def after_leaving(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each such item, with the first such account."""
    gone = [access for access in checked.rulebook.accesses if access.revoke_on is not None]
    late = (
        (item, [one.id for one in gone if one.revoke_from == item.giver
                and is_earlier(one.revoke_on, item.due)])
        for item in checked.rulebook.items
        if item.due is not None
    )  # fmt: skip
    return tuple(
        finding(
            "W515",
            "warning",
            [
                label(checked, f"item.{item.id}.due", "W515.label"),
                label(checked, f"access.{accesses[0]}.revoke_on", "W515.other"),
            ],
            {
                "item": item.id,
                "giver": item.giver,
                "access": accesses[0],
                "before": keyword(checked, "example_before"),
            },
        )
        for item, accesses in late
        if accesses
    )
