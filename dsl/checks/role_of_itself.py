"""E407: a role that is found through itself.

Why: whoever names the successor must be known before the successor is; nobody can name themselves
into a role that nobody has.

Example: `role successor "Successor" is named by successor`.
"""

from __future__ import annotations

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, HeadOfDepartmentOf, ManagerOf, NamedBy


def role_of_itself(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each resolver that asks for its own role."""
    relative = (ManagerOf, HeadOfDepartmentOf, NamedBy)
    return tuple(
        finding(
            "E407",
            "error",
            [label(checked, f"role.{role.id}.resolvers.{number}", "E407.label")],
            {"name": role.id},
        )
        for role in checked.rulebook.roles
        for number, resolver in enumerate(role.resolvers)
        if isinstance(resolver, relative) and resolver.role == role.id
    )
