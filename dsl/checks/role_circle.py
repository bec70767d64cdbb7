"""E404: roles that are found through each other.

Why: such a role can never be filled. `manager of R` needs the people of R first, and so does
`named by R`; if R is found through this role again, there is no beginning.

Example: `role a "A" is manager of b` with `role b "B" is manager of a`.
"""

from __future__ import annotations

from dsl.checks.finding import circles, finding, label
from dsl.diagnostic import Diagnostic
from dsl.model import Checked, HeadOfDepartmentOf, ManagerOf, NamedBy, Role


def role_circle(checked: Checked) -> tuple[Diagnostic, ...]:
    """One error for each circle of two roles or more, with the place of each of them."""
    edges = {role.id: _needs(role) for role in checked.rulebook.roles}
    found: list[Diagnostic] = []
    for circle in circles(edges):
        if len(circle) > 1:
            way = " → ".join((*circle, circle[0]))
            first = label(checked, f"role.{circle[0]}.id", "E404.label")
            others = [label(checked, f"role.{role}.id", "E404.other") for role in circle[1:]]
            found.append(finding("E404", "error", [first, *others], {"way": way}))
    return tuple(found)


def _needs(role: Role) -> tuple[str, ...]:
    relative = (ManagerOf, HeadOfDepartmentOf, NamedBy)
    return tuple(each.role for each in role.resolvers if isinstance(each, relative))
