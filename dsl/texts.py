"""The texts of a rulebook, one behind the other, so that an offset alone tells which of them it is in.

A tailored rulebook is put together from several texts. Its nodes keep their spans: those of its own
text as they are, those of each text below behind all that stands before it.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import Literal, NamedTuple

from msgspec import Struct

from dsl.source import Source, Span


class Written(NamedTuple):
    """A text and the dialect that it is written in."""

    source: Source
    dialect: Literal["en", "zh"]


class Found(NamedTuple):
    """A place in one of the texts."""

    written: Written
    span: Span


class Texts(Struct, frozen=True, dict=True):
    """Several texts in one row of offsets, from the uppermost layer down; each has room for its end."""

    written: tuple[Written, ...]

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """Where each of them begins."""
        return (0, *self._ends[:-1])

    @property
    def end(self) -> int:
        """Where the last one ends."""
        return self._ends[-1] - 1

    @cached_property
    def _ends(self) -> tuple[int, ...]:
        return tuple(accumulate(len(each.source.original) + 1 for each in self.written))

    def order(self, span: Span) -> tuple[int, Span]:
        """A key that sorts spans as a reader meets them: the lowest layer first."""
        return -bisect_right(self.starts, span.start), span

    def find(self, span: Span) -> Found:
        """The text that a span is in, and the span in that text."""
        at = bisect_right(self.starts, span.start) - 1
        return Found(self.written[at], span.shift(-self.starts[at]))
