"""W521: a row of a `first` table that never decides.

Why: the rows before it take everything that it would take. Either it stands too far down, or one of
the rows before it takes too much.

Example: `| any | … |` in the first row, and any row behind it.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.expressions.coverage import Coverage
from dsl.model import Checked


def table_shadows(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each such row."""
    return tuple(
        finding(
            "W521",
            "warning",
            [label(checked, f"table.{table.id}.rows.{row}", "W521.label")],
            {"row": row + 1, "table": table.id},
        )
        for table in checked.rulebook.tables
        if table.hit == "first"
        for row in _shadowed(Coverage(table), len(table.rows))
    )


def _shadowed(coverage: Coverage, count: int) -> list[int]:
    return [row for row in range(1, count) if coverage.is_shadowed(row)]
