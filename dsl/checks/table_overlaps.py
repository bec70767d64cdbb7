"""E425: two rows of a `unique` table take the same values.

Why: `unique` promises that one row decides. Where two do, nobody can tell which of them was meant.

Example: rows `| 1..6 | … |` and `| 6..15 | … |`, and a case with level 6.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label, values_shown
from dsl.diagnostic import Diagnostic
from dsl.expressions.coverage import Coverage
from dsl.model import Checked


def table_overlaps(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each row that meets one before it."""
    return tuple(
        finding(
            "E425",
            "error",
            [
                label(checked, f"table.{table.id}.rows.{found.second}", "E425.label"),
                label(checked, f"table.{table.id}.rows.{found.first}", "E425.first"),
            ],
            {
                "example": values_shown(checked, table, found.example),
                "first": found.first + 1,
                "second": found.second + 1,
                "word": keyword(checked, "unique"),
                "hit": keyword(checked, "first_row"),
            },
        )
        for table in checked.rulebook.tables
        if table.hit == "unique"
        for found in Coverage(table).overlaps()
    )
