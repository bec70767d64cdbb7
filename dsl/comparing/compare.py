"""All changes from one model to another."""

from __future__ import annotations

from dsl.comparing.effects import EFFECTS, Change, change_of
from dsl.comparing.walk import differences
from dsl.model import Rulebook


def compare(old: Rulebook, new: Rulebook) -> tuple[Change, ...]:
    """What the new rulebook means otherwise, the worst first, then in the order of the text.

    The version is no change by itself, and neither is the dialect: both say the same in other words.
    """
    found = (change_of(one) for one in differences(old, new))
    kept = [one for one in found if one.difference.field not in ("version", "language")]
    return tuple(sorted(kept, key=lambda one: EFFECTS.index(one.effects[0])))
