"""The texts of a rulebook, one behind the other, so that an offset alone tells which of them it is in.

A tailored rulebook is put together from several texts. Its nodes keep their spans: those of its own
text as they are, those of each text below behind all that stands before it.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Literal, NamedTuple

from dsl.source import Source, Span


class Written(NamedTuple):
    """A text and the dialect that it is written in."""

    source: Source
    dialect: Literal["en", "zh"]


class Found(NamedTuple):
    """A place in one of the texts."""

    written: Written
    span: Span


class Texts:
    """Several texts in one row of offsets.

    Args:
        written: the texts from the uppermost layer down; each is followed by room for its end.

    Attributes:
        starts: where each of them begins.
        end: where the last one ends.
    """

    def __init__(self, *written: Written) -> None:
        self.written = written
        ends = list(accumulate(len(each.source.original) + 1 for each in written))
        self.starts = (0, *ends[:-1])
        self.end = ends[-1] - 1

    def order(self, span: Span) -> tuple[int, Span]:
        """A key that sorts spans as a reader meets them: the lowest layer first."""
        return -bisect_right(self.starts, span.start), span

    def find(self, span: Span) -> Found:
        """The text that a span is in, and the span in that text."""
        at = bisect_right(self.starts, span.start) - 1
        return Found(self.written[at], span.shift(-self.starts[at]))
