"""What follows in the open cases from a feed that has been imported anew."""

from __future__ import annotations

from dsl.expressions.tree import Wire
from engine.commands import CLOCKWORK, Actor, ChangeFact
from engine.rejection import Refusal
from engine.scope import Scope
from engine.service import Service


def follow_feed(service: Service, rulebook: str, feed: str) -> dict[str, Refusal | None]:
    """Every open case takes over the rows that the feed holds for its subject now.

    Items follow: records that are new are added, records that are gone no longer apply, others change
    as long as they have not been handed over.

    Returns:
        The cases that had other rows; a refusal where a case's own version of the rulebook cannot
        take the new ones.
    """
    found: dict[str, Refusal | None] = {}
    actor = Actor(CLOCKWORK, "clock", service.host)
    for row in service.store.rows("cases", {"status": "open", "rulebook": rulebook}, order="id"):
        scope = service.scope(row["id"])
        if scope is None:
            continue
        for fact, wire in _changes(scope, feed).items():
            answer = service.execute(row["id"], ChangeFact(fact, wire, None, feed), actor)
            found[row["id"]] = answer if isinstance(answer, Refusal) else None
    return found


def _changes(scope: Scope, feed: str) -> dict[str, Wire]:
    """The facts whose rows are others."""
    rows = scope.context.feed(feed, scope.state.subject)
    fed = (fact for fact in scope.program.rulebook.facts if fact.feed == feed)
    return {fact.id: list(rows) for fact in fed if scope.fact_wire(fact.id) != rows}
