"""W508: an exclusion that leaves nobody.

Why: nobody who fills a role of `never` fills the role itself. Where everybody whom it could find is found
first by a role that it excludes, it stays empty in every case, and what it must do is never done.

Example: `role check "Check" is anyone in group "HR"` with `never hr`, and `role hr "HR" is anyone in group "HR"`.
"""

from __future__ import annotations

from collections.abc import Mapping

from dsl.checks.finding import finding, keyword, label
from dsl.diagnostic import Diagnostic
from dsl.model import AnyoneIn, Checked, EveryoneIn, External, NamedBy, Resolver, Role


def excluded(checked: Checked) -> tuple[Diagnostic, ...]:
    """One warning for each role whose exclusions leave nobody, with the first of them."""
    roles = {role.id: role for role in checked.rulebook.roles}
    return tuple(
        finding(
            "W508",
            "warning",
            [
                label(checked, f"role.{role.id}.id", "W508.label"),
                label(checked, f"role.{other}.id", "W508.other"),
            ],
            {
                "role": role.id,
                "other": other,
                "never": keyword(checked, "never"),
                "otherwise": keyword(checked, "otherwise"),
            },
        )
        for role in checked.rulebook.roles
        if (other := _taken_by(role, roles)) is not None
    )


def _taken_by(role: Role, roles: Mapping[str, Role]) -> str | None:
    """The first excluded role, if the excluded ones surely find everybody whom a role could."""
    first = {
        found: other
        for other in reversed(role.never)
        if not roles[other].never and (found := _found(roles[other].resolvers[0])) is not None
    }
    taken = [first.get(found) if (found := _found(one)) else None for one in role.resolvers]
    return taken[0] if all(taken) else None


def _found(resolver: Resolver) -> Resolver | None:
    """Whom a way finds, the same for ways that find the same people; None if that is open."""
    match resolver:
        case NamedBy() | External():
            return None
        case EveryoneIn(group):
            return AnyoneIn(group)
        case _:
            return resolver
