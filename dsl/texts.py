"""The texts of a rulebook, one behind the other, so that an offset alone tells which of them it is in.

A tailored rulebook is put together from several texts. Its nodes keep their spans: those of its own
text as they are, those of each text below behind the room of all that stand before it. That room is the same
for every text, so that nothing below moves when a text above changes.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal, NamedTuple

from msgspec import Struct

from dsl.source import MAX_BYTES, Source, Span

ROOM = MAX_BYTES + 1
"""Offsets that each text has: no text has more characters than bytes, and its end is a place too."""


class Written(NamedTuple):
    """A text and the dialect that it is written in."""

    source: Source
    dialect: Literal["en", "zh"]


class Found(NamedTuple):
    """A place in one of the texts."""

    written: Written
    span: Span


class Texts(Struct, frozen=True, dict=True):
    """Several texts in one row of offsets, from the uppermost layer down."""

    written: tuple[Written, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each of them begins."""
        return tuple(range(0, ROOM * len(self.written), ROOM))

    @property
    def end(self) -> int:
        """Where the last one ends."""
        return ROOM * len(self.written) - 1

    def is_own(self, span: Span) -> bool:
        """True if a span is in the uppermost text."""
        return span.start < ROOM

    def order(self, span: Span) -> tuple[int, Span]:
        """A key that sorts spans as a reader meets them: the lowest layer first."""
        return -(span.start // ROOM), span

    def find(self, span: Span) -> Found:
        """The text that a span is in, and the span in that text."""
        at = span.start // ROOM
        return Found(self.written[at], span.shift(-ROOM * at))
