"""Every past case of a rulebook under two versions."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dsl.catalogue import Language
from engine.artefact import Artefact
from engine.cases import CASE_TABLES
from engine.impact.pair import Pair, Parting
from engine.service import Service

Progress = Callable[[int, int], None]


class Impact(NamedTuple):
    """What a change of a rulebook would have meant.

    Attributes:
        played: how many cases were played.
        partings: where those part that would have gone another way.
        unplayed: cases that neither version can begin, with the code that says why.
    """

    played: int
    partings: tuple[Parting, ...]
    unplayed: tuple[tuple[str, str], ...]


def impact(
    service: Service, both: tuple[Artefact, Artefact], language: Language, progress: Progress
) -> Impact:
    """Plays every case of the rulebook, live or ended, under both versions.

    Args:
        service: of the workspace that the cases are in; nothing is written to it.
        both: the versions; a case is theirs by the id of its rulebook.
        language: of titles and words.
        progress: is told how many of how many cases are done.
    """
    wanted = {one.rulebook.id for one in both}
    rows = [row for table in CASE_TABLES for row in service.store.rows(table, order="id")]
    cases = [row["id"] for row in rows if row["rulebook"] in wanted]
    partings: list[Parting] = []
    unplayed: list[tuple[str, str]] = []
    for number, case in enumerate(cases, 1):
        found = Pair(service, case, both, language).play()
        if isinstance(found, Parting):
            partings.append(found)
        elif found is not None:
            unplayed.append((case, found))
        progress(number, len(cases))
    return Impact(len(cases) - len(unplayed), tuple(partings), tuple(unplayed))
