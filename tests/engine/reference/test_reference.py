"""Random people do random things in the engine; the reference agrees after every act."""

import pytest

from tests.engine.reference.walk import walk


@pytest.mark.parametrize("seed", range(6))
def test_the_reference_agrees_with_the_engine(seed):
    assert walk(seed, 50) > 0


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 180))
def test_the_reference_agrees_with_the_engine_for_long(seed):
    assert walk(seed, 120) > 0
