"""What a viewer may see: cases in which they have a part, and private facts of their roles."""

from __future__ import annotations

from engine.authority import overseers
from engine.scope import Scope


def may_see(scope: Scope, viewer: str) -> bool:
    """True if the viewer has or had a part in the case, or oversees it."""
    return viewer in scope.state.people or viewer in overseers(scope)


def may_see_fact(scope: Scope, viewer: str, fact: str) -> bool:
    """True unless the fact is private to roles that the viewer does not fill."""
    private = scope.program.facts[fact].private_to
    book = scope.roles
    return not private or any(viewer in book.people(role) for role in private)
