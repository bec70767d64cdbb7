"""W511: an item that is late before anybody can act on it, in every scenario in which it comes up.

Why: how long notice is, and when what comes before an item ends, the scenarios say and no declaration. An
item that is due before that is overdue from its first moment on, whatever its people do.

Example: `due 40 days before last_day`, and every scenario starts its case a month before the last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from dsl.checks.finding import finding, label
from dsl.diagnostic import Diagnostic, Value
from dsl.model import Checked
from engine.events import DueChanged, ItemApplies, ItemReady, ItemsListed
from engine.program import Program
from engine.scenarios.runner import Result
from engine.scenarios.stage import Told

_MINUTE = "%Y-%m-%d %H:%M"


class _Opening(NamedTuple):
    """An item can be acted on from `at` on and is due at `due`, as a scenario played it."""

    scenario: str
    task: str
    at: datetime
    due: datetime | None

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < self.at


def early_dues(
    checked: Checked, played: Iterable[tuple[Program, Result]]
) -> tuple[Diagnostic, ...]:
    """One warning for each item that is due before it opens, every time that it does.

    Args:
        checked: the rulebook.
        played: how all of its scenarios went; what failed proves nothing.
    """
    found: dict[str, list[_Opening]] = {}
    for program, result in played:
        chapters = () if result.failures or result.stage is None else result.stage.chapters
        for scope, told in chapters:
            for one in _openings(result.scenario, told):
                here = one._replace(at=one.at.astimezone(program.zone))
                found.setdefault(scope.state.tasks[one.task].ref, []).append(here)
    return tuple(
        _warning(checked, item, openings)
        for item, openings in found.items()
        if all(one.is_late for one in openings)
    )


def _openings(scenario: str, told: list[Told]) -> Iterator[_Opening]:
    """The items that open, one after the other."""
    dues: dict[str, datetime | None] = {}
    for at, _, event in told:
        match event:
            case ItemsListed(instances=instances):
                dues |= {one.task: one.due for one in instances}
                yield from (
                    _Opening(scenario, one.task, at, one.due)
                    for one in instances
                    if one.status == "open"
                )
            case DueChanged(task=task, due=due):
                dues[task] = due
            case (
                ItemReady(task=task, due=due)
                | ItemApplies(task=task, applies=True, waiting=False, due=due)
            ):
                dues[task] = due or dues.get(task)
                yield _Opening(scenario, task, at, dues[task])
            case _:
                pass


def _warning(checked: Checked, item: str, openings: list[_Opening]) -> Diagnostic:
    first = openings[0]
    values: dict[str, Value] = {
        "item": item,
        "scenario": first.scenario,
        "due": "" if first.due is None else f"{first.due.astimezone(first.at.tzinfo):{_MINUTE}}",
        "opened": f"{first.at:{_MINUTE}}",
        "count": len({one.scenario for one in openings}),
    }
    places = [
        label(checked, f"item.{item}.due", "W511.label"),
        label(checked, f"scenario.{first.scenario}.id", "W511.scenario"),
    ]
    return finding("W511", "warning", places, values)
