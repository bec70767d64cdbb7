"""Two rulebooks beside each other: what they mean differently, and whom that concerns."""

from __future__ import annotations

from dsl.comparing.compare import compare
from dsl.comparing.effects import EFFECTS, Change, Direction, Effect

__all__ = ["EFFECTS", "Change", "Direction", "Effect", "compare"]
