"""A whole rulebook, and where its parts are written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from dsl.expressions.tables import Table
from dsl.model.approvals import Approval
from dsl.model.calendars import Calendar
from dsl.model.declarations import Access, Action, Document, Fact, Feed, Gate, Item, Record, Sla
from dsl.model.flow import Process, things_of
from dsl.model.roles import Role
from dsl.model.rules import Audience, Rule
from dsl.model.scenarios import Scenario
from dsl.model.words import Titles
from dsl.source import Span
from dsl.texts import Texts


class Place(Struct, frozen=True):
    """Where something is written: layer, offsets (code points) and 1-based line and column."""

    source: str
    start: int
    end: int
    line: int
    column: int


class Rulebook(Struct, frozen=True, omit_defaults=True):
    """A whole rulebook. Declarations keep their order; ids are unique per kind.

    `calendar` is the id of one of `calendars`, else a country's code.
    """

    id: str
    title: Titles
    language: Literal["zh", "en"]
    version: str
    timezone: str
    currency: str
    processes: tuple[Process, ...]
    jurisdiction: str | None = None
    calendar: str | None = None
    maintained_by: str | None = None
    facts: tuple[Fact, ...] = ()
    records: tuple[Record, ...] = ()
    feeds: tuple[Feed, ...] = ()
    roles: tuple[Role, ...] = ()
    tables: tuple[Table, ...] = ()
    slas: tuple[Sla, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    approvals: tuple[Approval, ...] = ()
    items: tuple[Item, ...] = ()
    gates: tuple[Gate, ...] = ()
    actions: tuple[Action, ...] = ()
    accesses: tuple[Access, ...] = ()
    documents: tuple[Document, ...] = ()
    rules: tuple[Rule, ...] = ()
    audience: Audience | None = None
    scenarios: tuple[Scenario, ...] = ()

    def inlined(self, process: str) -> Iterator[Process]:
        """A process and those that are parts of it, in the order in which they are met."""
        by_id = {one.id: one for one in self.processes}
        yield by_id[process]
        for part in things_of(by_id[process].body):
            if part.kind == "process" and part.id is not None:
                yield from self.inlined(part.id)


class Checked(Struct, frozen=True, dict=True):
    """A model with the places that its parts were written in.

    Attributes:
        rulebook: the model.
        texts: what it was written in.
        spans: where each part was written, in all texts.
    """

    rulebook: Rulebook
    texts: Texts
    spans: dict[str, Span]

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where each part was written, with line and column."""
        found = ((path, *self.texts.find(span)) for path, span in self.spans.items())
        return {
            path: Place(source.name, *span, *source.position(span.start))
            for path, (source, _), span in found
        }
