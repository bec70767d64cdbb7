"""Early warning: rules that watch a feed, looked at outside any case.

A record that comes to fulfil a rule's condition raises a warning, once; the warning stands until the
record fulfils it no longer, or is gone. Pure: what there is to record comes back as values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from msgspec import Struct

from dsl.model import Record, Rule, Watch
from dsl.types import ListType
from dsl.values import decode
from engine.chronicle import WarningCleared, WarningRaised
from engine.commands import CLOCKWORK, Actor, Request, Tick
from engine.context import Context
from engine.events import Event
from engine.flow.effects import EFFECTS
from engine.program import Program
from engine.run import Run
from engine.state import CaseState


class Finding(Struct, frozen=True):
    """A warning that begins or ends, and what its rule does: notices and notes."""

    event: WarningRaised | WarningCleared
    does: tuple[Event, ...] = ()


class Lookout:
    """Looks at the records of the feeds that a rulebook's rules watch.

    Args:
        program: a process of the rulebook, for its declarations.
        context: the world at one instant.
        standing: the warnings that stand, as (rule, key).
        number: how many events the warnings of the rulebook have had.
    """

    def __init__(
        self,
        program: Program,
        context: Context,
        standing: Collection[tuple[str, str]],
        number: int,
    ) -> None:
        self._program = program
        self._context = context
        self._standing = standing
        self._number = number

    def look(self, rule: Rule, watch: Watch, rows: Sequence[dict[str, Any]]) -> Iterator[Finding]:
        """What is new about a rule, record by record."""
        gone = {key for one, key in self._standing if one == rule.id}
        record = self._program.records[self._program.feeds[watch.feed].record]
        for row in rows:
            key = str(row[record.key])
            gone.discard(key)
            run = self._run(watch, record, row)
            holds, stood = run.holds(rule.when), (rule.id, key) in self._standing
            if holds and not stood:
                for effect in rule.does:
                    EFFECTS[type(effect)](run, rule, effect, None)
                yield Finding(WarningRaised(rule.id, key, _named(record, row)), tuple(run.events))
            elif stood and not holds:
                yield Finding(WarningCleared(rule.id, key))
        yield from (Finding(WarningCleared(rule.id, key)) for key in sorted(gone))

    def _run(self, watch: Watch, record: Record, row: dict[str, Any]) -> Run:
        """A decision about one record; its holder is the subject, its values are the only facts."""
        self._number += 1
        id_ = f"warnings/{self._program.rulebook.id}/{self._number}"
        holder = str(row.get(record.held_by, "")) if record.held_by else ""
        program = self._program
        value = decode(ListType(record.id), [row], program.records, program.zone)
        known = {watch.variable: value[0]} if isinstance(value, list) else {}
        state = CaseState(id=id_, subject=holder, decoded=known)
        actor = Actor(CLOCKWORK, "clock", "")
        request = Request(id_, id_, actor, self._context.now, Tick(0))
        return Run(program, state, request, self._context)


def _named(record: Record, row: dict[str, Any]) -> str:
    """A record's key and its first text beside it."""
    apart = (record.key, record.held_by)
    first = next((row.get(one.id) for one in record.fields if one.id not in apart), None)
    key = str(row[record.key])
    return f"{key} {first}" if isinstance(first, str) else key
