"""What the cases that somebody may see took: lateness by item and post, and days per stage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from statistics import median

import msgspec
from msgspec import Struct

from dsl.catalogue import Language
from engine.cases import CASE_TABLES
from engine.measures import Lateness, Measures, measures
from engine.service import Service
from engine.views.reader import Speaker

LEVELS = 4
"""How many degrees of lateness there are above none."""


class Measured(Struct, frozen=True):
    """One case: per title of an item its lateness, per title of a stage its days.

    `standing` is the stage that a live case is in; its days are those so far.
    """

    case: str
    post: str
    items: dict[str, Lateness]
    stages: dict[str, float]
    standing: str | None


class Heat(Struct, frozen=True):
    """One item and one post, or all posts: of `count` instances `late` were late, by `days` together.

    `level` is 0 where none was, up to `LEVELS` where at least three quarters were.
    """

    count: int
    late: int
    days: int
    level: int


class HeatRow(Struct, frozen=True):
    """One item; `cells` stand under the posts of the map, None where there was no such item."""

    item: str
    cells: tuple[Heat | None, ...]
    all: Heat


class HeatMap(Struct, frozen=True):
    """Lateness by item and post, the worst first in both directions."""

    posts: tuple[str, ...]
    rows: tuple[HeatRow, ...]


class StageTime(Struct, frozen=True):
    """One stage over all cases.

    Attributes:
        count: the cases that have gone through it.
        median, longest: days; None where no case has gone through it.
        standing: the cases that stand in it now.
        oldest: of those the one that has stood longest, and for how many days.
    """

    stage: str
    count: int
    median: float | None
    longest: float | None
    standing: int
    oldest: str | None
    oldest_days: float


def measured(service: Service, viewer: str, language: Language) -> Iterator[Measured]:
    """Every case that the viewer may see; one that has ended is not replayed."""
    directory = service.world.directory()
    for table in CASE_TABLES:
        for row in service.store.rows(table, {"viewers": viewer}, order="id"):
            program = service.cases.program(row["artefact"], row["process"])
            speaker = Speaker(program, directory, language)
            took = _took(service, row["id"], row.get("took"))
            person = directory.person(row["subject"])
            live = row["status"] == "open" and row["stage"]
            yield Measured(
                case=row["id"],
                post=(person.post if person else None) or "—",
                items={speaker.declared(ref): found for ref, found in took.items.items()},
                stages={speaker.stage(one): days for one, days in took.stages.items()},
                standing=speaker.stage(row["stage"]) if live else None,
            )


def _took(service: Service, case: str, kept: object) -> Measures:
    if kept is not None:
        return msgspec.convert(kept, Measures)
    scope = service.scope(case)
    return Measures({}, {}) if scope is None else measures(scope)


def heat_map(found: Iterable[Measured]) -> HeatMap:
    """Lateness by item and post."""
    sums: dict[tuple[str, str], Lateness] = {}
    for case in found:
        for item, one in case.items.items():
            old = sums.get((item, case.post), Lateness(0, 0, 0))
            sums[item, case.post] = _sum((old, one))
    rows, columns = _by(sums, 0), _by(sums, 1)
    posts = tuple(_worst_first(columns))
    return HeatMap(
        posts,
        tuple(
            HeatRow(
                item,
                tuple(_heat(sums[item, post]) if (item, post) in sums else None for post in posts),
                _heat(rows[item]),
            )
            for item in _worst_first(rows)
        ),
    )


def _sum(parts: Iterable[Lateness]) -> Lateness:
    every = tuple(parts)
    return Lateness(
        sum(one.count for one in every),
        sum(one.late for one in every),
        sum(one.days for one in every),
    )


def _by(sums: dict[tuple[str, str], Lateness], side: int) -> dict[str, Lateness]:
    names = dict.fromkeys(key[side] for key in sums)
    return {name: _sum(one for key, one in sums.items() if key[side] == name) for name in names}


def _worst_first(sums: dict[str, Lateness]) -> list[str]:
    return sorted(sums, key=lambda name: (-sums[name].days, -sums[name].late, name))


def _heat(one: Lateness) -> Heat:
    level = min(LEVELS, 1 + one.late * LEVELS // one.count) if one.late else 0
    return Heat(one.count, one.late, one.days, level)


def stage_times(found: Iterable[Measured]) -> tuple[StageTime, ...]:
    """Days per stage, in the order in which cases come through them."""
    passed: dict[str, list[float]] = {}
    standing: dict[str, list[tuple[float, str]]] = {}
    for case in found:
        for stage, days in case.stages.items():
            passed.setdefault(stage, [])
            if stage == case.standing:
                standing.setdefault(stage, []).append((days, case.case))
            else:
                passed[stage].append(days)
    return tuple(_stage(one, days, standing.get(one, [])) for one, days in passed.items())


def _stage(stage: str, days: list[float], standing: list[tuple[float, str]]) -> StageTime:
    oldest = max(standing, default=(0.0, None))
    return StageTime(
        stage=stage,
        count=len(days),
        median=median(days) if days else None,
        longest=max(days, default=None),
        standing=len(standing),
        oldest=oldest[1],
        oldest_days=oldest[0],
    )
