"""A whole text as nodes: its header, its declarations with their places, and its comments."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from dsl.nodes.calendars import Calendar
from dsl.nodes.declarations import (
    Access,
    Action,
    Approval,
    Document,
    Fact,
    Feed,
    Gate,
    Header,
    Record,
    Role,
    Sla,
)
from dsl.nodes.items import Item
from dsl.nodes.processes import Process
from dsl.nodes.rules import Audience, Rule
from dsl.nodes.scenarios import Scenario
from dsl.nodes.tables import Table
from dsl.nodes.tailoring import Tailoring
from dsl.source import Span

Declaration = (
    Fact | Record | Feed | Role | Table | Item | Approval | Sla | Calendar | Gate | Action
    | Access | Document | Process | Rule | Audience | Scenario
)  # fmt: skip


class Comment(Struct, frozen=True):
    """A comment with its `#`; for the formatter, which puts it back by its place."""

    text: str
    span: Span


class Part(Struct, frozen=True, omit_defaults=True):
    """One declaration in its text.

    Attributes:
        start: offset of the part in the original text; a span `s` of the declaration stands at
            `part.at(s)` of the text.
        declaration: None if its text could not be read (a diagnostic says why).
        broken: True if a line of the declaration could not be read and is left out, so what seems
            to be missing may have been written.
        comments: the comments from its first line to the next part, spans relative.
        lost: the id that an unreadable declaration seems to have, so that nobody reports its uses.
    """

    start: int
    declaration: Declaration | None
    broken: bool = False
    comments: tuple[Comment, ...] = ()
    lost: str | None = None

    def at(self, span: Span) -> Span:
        """The span in the original text."""
        return span.shift(self.start)


class Layered(Struct, frozen=True, omit_defaults=True):
    """One statement that tailors; the attributes are as those of a `Part`."""

    start: int
    tailoring: Tailoring
    broken: bool = False
    comments: tuple[Comment, ...] = ()


class Rulebook(Struct, frozen=True, omit_defaults=True):
    """A whole text. The header's part starts at 0, so its spans are those of the text.

    Attributes:
        header: None if the text does not begin with `rulebook` or its first line is unreadable.
        header_broken: as `Part.broken`, for the header.
        comments: the comments before the first declaration.
        unread: the words of the lines that could not be read: one of them may be a name that is
            declared there.
        unnamed: the kinds of unreadable declarations that do not show which name they declare.
        mended: the statements that could be read only after a repair, in order. What else is wrong
            in them may be due to the repair.
        tailoring: what it changes in its base, in order; empty once it is put together with that.
        based: its base could not be read: any name may be declared there.
    """

    dialect: Literal["en", "zh"]
    header: Header | None
    parts: tuple[Part, ...]
    header_broken: bool = False
    comments: tuple[Comment, ...] = ()
    unread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    mended: tuple[Span, ...] = ()
    tailoring: tuple[Layered, ...] = ()
    based: bool = False
