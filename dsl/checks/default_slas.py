"""E406: several time limits that are all the default.

Why: the default serves every item that names none, so there can be one only.

Example: `sla standard "Standard" default` and `sla strict "Strict" default`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked


def default_slas(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error at each default after the first."""
    defaults = [sla.id for sla in checked.rulebook.slas if sla.default]
    return tuple(
        finding(
            "E406",
            "error",
            [
                label(checked, f"sla.{sla}.id", "E406.label"),
                label(checked, f"sla.{defaults[0]}.id", "E406.first"),
            ],
            {"name": sla, "first": defaults[0], "default": keyword(checked, "default")},
        )
        for sla in defaults[1:]
    )
