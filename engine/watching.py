"""Keeps the warnings of a workspace: looks when a feed comes in and when the day turns."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec

from dsl.expressions.uses import uses_of
from engine.artefact import CURRENT
from engine.bookkeeping import act_of
from engine.cases import Cases
from engine.chronicle import WarningCleared, WarningRaised
from engine.clock import new_id
from engine.commands import Actor
from engine.context import Context
from engine.events import Event, Noted, NoticeQueued
from engine.feeds import FeedData
from engine.program import Program
from engine.projection import notice_row, stamp
from engine.store.failure import TRIES, BusyError
from engine.store.port import Conflict, Row, RowChange, Store, Transaction
from engine.warnings import Finding, Lookout
from engine.world import World, feed_key

WATCH = "watch|"


class Watching:
    """The early warning of a workspace.

    Args:
        store: of the workspace.
        world: its people, feeds and clock.
        cases: knows the programs of published rulebooks.
        clockwork: in whose name warnings are recorded.
    """

    def __init__(self, store: Store, world: World, cases: Cases, clockwork: Actor) -> None:
        self._store = store
        self._world = world
        self._cases = cases
        self._clockwork = clockwork

    def keep(self, rulebook: str) -> None:
        """Look at the feeds that rules of a rulebook watch, and record what they warn of."""
        for _ in range(TRIES):
            if self._look(rulebook):
                return
        raise BusyError(str(TRIES))

    def holders(self, rulebook: str) -> dict[tuple[str, str], str]:
        """Whom a warning would be about, by its rule and the key of its record, as the feeds are now."""
        program = self._program(rulebook)
        found: dict[tuple[str, str], str] = {}
        for rule in () if program is None else program.rulebook.rules:
            if program is None or rule.watch is None:
                continue
            record = program.records[program.feeds[rule.watch.feed].record]
            if record.held_by is not None:
                found |= {
                    (rule.id, str(row[record.key])): str(row[record.held_by])
                    for row in self._rows(rulebook, rule.watch.feed)
                    if row.get(record.held_by)
                }
        return found

    def _look(self, rulebook: str) -> bool:
        """False if somebody else was faster."""
        program = self._program(rulebook)
        if program is None:
            return True
        context = self._world.context(program)
        stream = f"warnings/{rulebook}"
        version = self._store.version(stream)
        standing = {
            (row["rule"], row["key"]): row
            for row in self._store.rows("warnings", {"rulebook": rulebook})
            if row["cleared_at"] is None
        }
        lookout = Lookout(program, context, standing, version)
        found = [
            finding
            for rule in program.rulebook.rules
            if rule.watch is not None
            for finding in lookout.look(rule, rule.watch, self._rows(rulebook, rule.watch.feed))
        ]
        watching = {rule.id for rule in program.rulebook.rules if rule.watch is not None}
        found += [Finding(WarningCleared(*one)) for one in standing if one[0] not in watching]
        events = tuple(one for finding in found for one in (finding.event, *finding.does))
        rows = [self._next_day(rulebook, program, context)]
        for finding in found:
            rows += self._changes(rulebook, finding, standing, context)
        acts = () if not events else (act_of(stream, events, self._clockwork, context.now),)
        answer = self._store.append(Transaction(new_id(), {stream: version}, acts, tuple(rows)))
        return not isinstance(answer, Conflict)

    def _program(self, rulebook: str) -> Program | None:
        """The rulebook's current version, if rules of it watch a feed, or rules before them did."""
        release = self._store.get("settings", f"{CURRENT}{rulebook}")
        artefact = None if release is None else self._store.get("artefacts", release["artefact"])
        if release is None or artefact is None:
            return None
        watches = any(rule.get("watch") for rule in artefact["rulebook"].get("rules", ()))
        stands = self._store.count("warnings", {"rulebook": rulebook})
        if not (watches or stands or self._store.get("timers", f"{WATCH}{rulebook}")):
            return None
        process = artefact["rulebook"]["processes"][0]["id"]
        return self._cases.program(release["artefact"], process)

    def _rows(self, rulebook: str, feed: str) -> tuple[dict[str, Any], ...]:
        row = self._store.get("feeds", feed_key(rulebook, feed))
        return () if row is None else msgspec.convert(row, FeedData).rows

    def _next_day(self, rulebook: str, program: Program, context: Context) -> RowChange:
        """Rules that count days are looked at again at midnight, in the rulebook's zone."""
        if not any(rule.watch and uses_of(rule.when).today for rule in program.rulebook.rules):
            return RowChange("timers", f"{WATCH}{rulebook}", None)
        today = context.now.astimezone(program.zone).date()
        midnight = context.calendar.at_time(today + timedelta(days=1), "00:00")
        return RowChange("timers", f"{WATCH}{rulebook}", {"watch": rulebook, "at": stamp(midnight)})

    def _changes(
        self,
        rulebook: str,
        finding: Finding,
        standing: dict[tuple[str, str], Row],
        context: Context,
    ) -> list[RowChange]:
        event, at = finding.event, stamp(context.now)
        id_ = f"{rulebook}/{event.rule}/{event.key}"
        if not isinstance(event, WarningRaised):
            row = {**standing[event.rule, event.key], "cleared_at": at}
            return [RowChange("warnings", id_, row)]
        row = {
            "id": id_,
            "rulebook": rulebook,
            "rule": event.rule,
            "key": event.key,
            "record": event.record,
            "notes": [one.text for one in finding.does if isinstance(one, Noted)],
            "to": sorted(_told(finding.does)),
            "raised_at": at,
            "cleared_at": None,
        }
        out = [
            RowChange("outbox", one.notice, {**notice_row(one, "", context.now), "warning": id_})
            for one in finding.does
            if isinstance(one, NoticeQueued)
        ]
        return [RowChange("warnings", id_, row), *out]


def _told(events: tuple[Event, ...]) -> set[str]:
    return {to.person for one in events if isinstance(one, NoticeQueued) for to in one.to}
