"""What follows in the open cases from a feed that has been imported anew, or would be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dsl.expressions.tree import Wire
from engine.commands import CLOCKWORK, Actor, ChangeFact
from engine.feeds import FeedData, rows_for
from engine.rejection import Refusal
from engine.scope import Scope
from engine.service import Done, Service

Act = Callable[[str, ChangeFact, Actor], Done | Refusal]
Rows = Callable[[Scope], Sequence[Wire]]
"""The rows of the subject of a case."""


def follow_feed(service: Service, rulebook: str, feed: str) -> dict[str, Refusal | None]:
    """Every open case takes over the rows that the feed holds for its subject now.

    Items follow: records that are new are added, records that are gone no longer apply, others change
    as long as they have not been handed over.

    Returns:
        The cases that had other rows; a refusal where a case's own version of the rulebook cannot
        take the new ones.
    """
    return _each(
        service,
        (rulebook, feed),
        lambda scope: scope.context.feed(feed, scope.state.subject),
        service.execute,
    )


def foresee_feed(
    service: Service, rulebook: str, feed: str, data: FeedData
) -> dict[str, Refusal | None]:
    """The same, of rows that have not been imported; nothing is written."""
    return _each(
        service,
        (rulebook, feed),
        lambda scope: rows_for(data, scope.state.subject),
        service.preview,
    )


def _each(
    service: Service, which: tuple[str, str], rows: Rows, act: Act
) -> dict[str, Refusal | None]:
    rulebook, feed = which
    found: dict[str, Refusal | None] = {}
    actor = Actor(CLOCKWORK, "clock", service.host)
    for row in service.store.rows("cases", {"status": "open", "rulebook": rulebook}, order="id"):
        scope = service.scope(row["id"])
        if scope is None:
            continue
        for fact, wire in _changes(scope, feed, list(rows(scope))).items():
            answer = act(row["id"], ChangeFact(fact, wire, None, feed), actor)
            found[row["id"]] = answer if isinstance(answer, Refusal) else None
    return found


def _changes(scope: Scope, feed: str, rows: list[Wire]) -> dict[str, Wire]:
    """The facts whose rows are others."""
    fed = (fact for fact in scope.program.rulebook.facts if fact.feed == feed)
    return {fact.id: list(rows) for fact in fed if scope.fact_wire(fact.id) != rows}
