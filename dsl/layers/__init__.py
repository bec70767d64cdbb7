"""A rulebook and those that it extends, put together to one: read from the top down, built from below.

Nothing is merged by itself. What a layer changes is said by a statement, and whatever comes of it keeps
the place where it is written: `dsl.texts` tells which text that is.
"""

from __future__ import annotations

from dsl.layers.compose import Composed, Gone, Tailored, compose
from dsl.layers.shelf import NOTHING, Offer, Shelf, Shelved
from dsl.layers.stack import Layer, Read, Stack, stack

__all__ = [
    "NOTHING", "Composed", "Gone", "Layer", "Offer", "Read", "Shelf", "Shelved", "Stack", "Tailored", "compose", "stack",
]  # fmt: skip
