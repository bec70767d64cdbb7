"""Faults planted in the engine one at a time: the walk beside the reference catches every one."""

from collections.abc import Callable
from types import ModuleType

import pytest

from tests.engine.reference import faults, faults_by_rule
from tests.engine.reference.drawn import drawn
from tests.engine.reference.walk import walk

SEEDS = range(200, 500)
"""So many that what seldom happens does; the first that catches a fault ends its walks."""


def planted(module: ModuleType) -> list[Callable[[pytest.MonkeyPatch], None]]:
    """Every fault of a module, in the order in which they stand there."""
    found = vars(module).values()
    return [one for one in found if getattr(one, "__module__", "") == module.__name__]


@pytest.mark.long
@pytest.mark.parametrize("plant", [*planted(faults_by_rule), *planted(faults)])
def test_a_planted_fault_is_caught(plant, monkeypatch):
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        _walk_all()


@pytest.mark.long
def test_without_a_fault_the_same_walks_are_clean():
    walk(SEEDS[0], 40)
    walk(SEEDS[0], 40, drawn(SEEDS[0]))


def _walk_all() -> None:
    for seed in SEEDS:
        walk(seed, 80)
        walk(seed, 80, drawn(seed))
