"""What a check of a whole model gives back: a diagnostic at a recorded place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dsl.diagnostic import Diagnostic, Keyword, Label, Severity, Terms, Value
from dsl.dialects import dialect
from dsl.expressions.scalars import encode_scalar
from dsl.expressions.tables import Column, Table
from dsl.model import Checked

_UTC = ZoneInfo("UTC")


def label(checked: Checked, path: str, message: str | None = None, **values: Value) -> Label:
    """A label at a declaration or, if its place is recorded, at one of its clauses.

    Args:
        checked: the model with its places.
        path: as in `Checked.spans`; the longest part of it that has a place is taken.
        message: a message id.
        values: fills the message's placeholders.
    """
    while path not in checked.spans:
        path = path.rpartition(".")[0]
    (source, _), span = checked.texts.find(checked.spans[path])
    return Label(span, source.name, message, values)


def finding(
    code: str,
    severity: Severity,
    labels: Sequence[Label],
    values: Mapping[str, Value],
    variant: str | None = None,
) -> Diagnostic:
    """A diagnostic of a check; it always has a hint. `variant` names another text, `CODE.VARIANT`."""
    text = f"{code}.{variant}" if variant else None
    return Diagnostic(
        code, severity, tuple(labels), dict(values), f"{text or code}.hint", variant=text
    )


def keyword(checked: Checked, word: str) -> Keyword:
    """A keyword in the dialect of the rulebook."""
    return Keyword(word, checked.rulebook.language)


def values_shown(checked: Checked, table: Table, example: Sequence[Any]) -> Terms:
    """Values of the columns of a table as a person would write them: `level = 7`."""
    written = dialect(checked.rulebook.language).written
    shown = (
        _shown(column, value, written) for column, value in zip(table.columns, example, strict=True)
    )
    return Terms(tuple(shown))


def _shown(column: Column, value: Any, written: Mapping[str, str]) -> str:  # noqa: ANN401 (a decoded value)
    """One value; what no cell names is `…`."""
    if value is None:
        return f"{column.fact} = …"
    wire = encode_scalar(column.type, value, _UTC)
    text = written["YES" if wire else "NO"] if isinstance(wire, bool) else str(wire)
    return f"{column.fact} = {text}"


def circles(edges: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    """The circles of a relation, each once, from its first member in the order of `edges`.

    At most one circle through each member is given: one is enough to see the mistake.
    """
    left = _without_dead_ends(edges)
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in left:
        way = () if start in done else _way_back(start, left, done)
        if way:
            found.append(way)
            done.update(way)
    return tuple(found)


def _without_dead_ends(edges: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The members from which there is always a way on; without a circle there is none.

    Each member is taken away once, so that a long chain costs no more than its length.
    """
    before: dict[str, list[str]] = {member: [] for member in edges}
    ways_on = {
        member: len({each for each in following if each in edges})
        for member, following in edges.items()
    }
    for member, following in edges.items():
        for each in set(following) & edges.keys():
            before[each].append(member)
    ends = [member for member, count in ways_on.items() if count == 0]
    for end in ends:
        for member in before[end]:
            ways_on[member] -= 1
            if ways_on[member] == 0:
                ends.append(member)
    gone = set(ends)
    return {
        member: tuple(each for each in following if each in edges and each not in gone)
        for member, following in edges.items()
        if member not in gone
    }


def _way_back(start: str, edges: Mapping[str, Sequence[str]], without: set[str]) -> tuple[str, ...]:
    """The shortest way from a member to itself, empty if there is none."""
    came_from: dict[str, str] = {}
    queue = [start]
    for member in queue:
        for following in edges[member]:
            if following == start:
                return _way_to(member, start, came_from)
            if following not in came_from and following not in without:
                came_from[following] = member
                queue.append(following)
    return ()


def _way_to(member: str, start: str, came_from: Mapping[str, str]) -> tuple[str, ...]:
    way = [member]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))
