"""Blocks that every append goes through: plain objects, since a generator costs several times as much."""

from __future__ import annotations


class Soundness:
    """Whether a handle may still be used.

    What is between the medium and the index when an exception strikes within a block is not known, so
    the handle is not sound from then on.
    """

    def __init__(self) -> None:
        self.sound = True

    def __enter__(self) -> None:
        self.sound = False

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.sound = kind is None


class Stillness:
    """Whether somebody is within a block in which nobody looks for the work of other writers."""

    def __init__(self) -> None:
        self._blocks = 0

    def __bool__(self) -> bool:
        return self._blocks > 0

    def __enter__(self) -> None:
        self._blocks += 1

    def __exit__(self, *_: object) -> None:
        self._blocks -= 1
