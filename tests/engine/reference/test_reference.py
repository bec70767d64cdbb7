"""Random people do random things in the engine; the reference agrees after every act."""

import pytest

from tests.engine.reference.drawn import drawn
from tests.engine.reference.walk import walk


@pytest.mark.parametrize("seed", range(3))
def test_the_reference_agrees_with_the_engine(seed):
    assert walk(seed, 50) > 0


@pytest.mark.parametrize("seed", range(3))
def test_the_reference_agrees_on_a_rulebook_drawn_at_random(seed):
    assert walk(seed, 30, drawn(seed)) > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 180))
def test_the_reference_agrees_with_the_engine_for_long(seed):
    assert walk(seed, 120) > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1240))
def test_the_reference_agrees_on_many_rulebooks_for_long(seed):
    assert walk(seed, 80, drawn(seed)) > 0
