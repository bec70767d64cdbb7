"""A range of versions: which ones it takes."""

import pytest

from dsl.layers.ranges import range_of, version_of


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("1.4.2", ["1.4.2"], ["1.4.3", "1.4.1"]),
        ("1.4.x", ["1.4.0", "1.4.99"], ["1.3.9", "1.5.0"]),
        ("1.x", ["1.0.0", "1.99.0"], ["0.9.0", "2.0.0"]),
        ("1.4.2..1.x", ["1.4.2", "1.9.0"], ["1.4.1", "2.0.0"]),
        ("1.4.2..2.1.0", ["2.0.5", "2.1.0"], ["2.1.1"]),
    ],
)
def test_ranges_are_met_as_they_say(text, inside, outside):
    wanted = range_of(text)
    assert all(wanted.meets(version_of(one)) for one in inside)
    assert not any(wanted.meets(version_of(one)) for one in outside)


@pytest.mark.parametrize("text", ["1", "1.2", "x", "1.2.3.4", "2.0.0..1.x", "1.x..2.x", "01.x", ""])
def test_what_is_no_range_is_none(text):
    assert range_of(text) is None
