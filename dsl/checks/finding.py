"""What a check of a whole model gives back: a diagnostic at a recorded place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dsl.diagnostic import Diagnostic, Keyword, Label, Severity, Value
from dsl.model import Checked
from dsl.source import Span


def label(checked: Checked, path: str, message: str | None = None, **values: Value) -> Label:
    """A label at a declaration or, if its place is recorded, at one of its clauses.

    Args:
        checked: the model with its places.
        path: as in `Checked.places`; the longest part of it that has a place is taken.
        message: a message id.
        values: fills the message's placeholders.
    """
    while path not in checked.places:
        path = path.rpartition(".")[0]
    place = checked.places[path]
    return Label(Span(place.start, place.end), place.source, message, values)


def finding(
    code: str, severity: Severity, labels: Sequence[Label], values: Mapping[str, Value]
) -> Diagnostic:
    """A diagnostic of a check; it always has a hint."""
    return Diagnostic(code, severity, tuple(labels), dict(values), f"{code}.hint")


def keyword(checked: Checked, word: str) -> Keyword:
    """A keyword in the dialect of the rulebook."""
    return Keyword(word, checked.rulebook.language)


def circles(edges: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The circles of a relation, each once, from its first member in the order of `edges`.

    At most one circle through each member is given: one is enough to see the mistake.
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in edges:
        way = _way_back(start, edges, done)
        if way:
            found.append(way)
            done.update(way)
    return tuple(found)


def _way_back(start: str, edges: Mapping[str, Sequence[str]], without: set[str]) -> tuple[str, ...]:
    """The shortest way from a member to itself, empty if there is none."""
    if start in without:
        return ()
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:
        for following in edges.get(way[-1], ()):
            if following == start:
                return way
            if following not in seen and following not in without:
                seen.add(following)
                ways.append((*way, following))
    return ()
