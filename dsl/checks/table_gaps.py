"""E426: a table gives nothing for some of the values that it declares.

Why: a value that is missing is a surprise in a running case. A `collect` table may collect nothing;
every other table must have an answer to all that it declares.

Example: `given level 1..15` and rows for 1..6 and 8..15 only.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label, values_shown
from dsl.diagnostic import Diagnostic
from dsl.expressions.coverage import Coverage
from dsl.model import Checked


def table_gaps(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each table that leaves a gap, with an example of it."""
    return tuple(
        finding(
            "E426",
            "error",
            [label(checked, f"table.{table.id}.id", "E426.label")],
            {
                "table": table.id,
                "example": values_shown(checked, table, example),
                "any": keyword(checked, "any"),
                "hit": keyword(checked, "first_row"),
            },
        )
        for table in checked.rulebook.tables
        if table.hit != "collect" and (example := Coverage(table).gap()) is not None
    )
