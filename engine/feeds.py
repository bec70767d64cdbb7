"""Feeds: rows of other systems and spreadsheets, as the workspace keeps them.

They are kept in wire form (`dsl.values`), one canonical spelling a value.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from engine.people.problem import ImportProblem


class FeedData(Struct, frozen=True):
    """The rows of one feed.

    Attributes:
        rows: field id to wire value, defaults filled in, in the order of the file.
        held: the places in `rows` of each holder's rows; None if the record has no holder.
    """

    rows: tuple[dict[str, Any], ...]
    held: dict[str, tuple[int, ...]] | None
    warnings: tuple[ImportProblem, ...] = ()


def rows_for(feed: FeedData, person: str) -> tuple[dict[str, Any], ...]:
    """The rows that a person holds; every row if the record has no holder."""
    if feed.held is None:
        return feed.rows
    return tuple(feed.rows[place] for place in feed.held.get(person, ()))
