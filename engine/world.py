"""What surrounds the cases of a workspace: people, feeds, calendars, clock, private values."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import msgspec

from dsl.expressions.tree import Wire
from engine.calendars import CalendarProblem, WorkCalendar, calendar_of
from engine.clock import Clock, SandboxClock, SystemClock
from engine.context import Context
from engine.feeds import FeedData, rows_for
from engine.people.directory import Directory, directory_from_rows
from engine.program import Program
from engine.rejection import Refusal
from engine.store.port import Sealed, Store
from engine.workspace import Settings

CLOCK = "clock"
"""The stream of a sandbox clock's settings, and the key of the row that says where it stands."""
APART = timedelta(minutes=5)
"""So much two machines' clocks may differ that share a workspace."""


class CalendarMissingError(LookupError):
    """A published rulebook uses a calendar that this installation does not have."""


class World:
    """Reads the world from a store, anew when another process has changed it.

    Args:
        store: the workspace's store.
        settings: says whether the clock is a sandbox's, and in which zone it is read.
    """

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._directory: tuple[int, Directory] = (-1, directory_from_rows(()))
        self._clock_set: tuple[int, datetime | None] = (-1, None)
        self._feeds: dict[str, Callable[[str, str], list[Wire]]] = {}
        self._calendars: dict[str, WorkCalendar] = {}
        self._unwritten: dict[str, Wire] = {}
        self._settings = settings
        self._reached: datetime | None = None
        self.clock: Clock = SystemClock()
        if settings.sandbox:
            self.clock = SandboxClock(self._sandbox_now)

    @property
    def today(self) -> date:
        """The day by the clock, in the workspace's zone."""
        return self.clock.now().astimezone(ZoneInfo(self._settings.timezone)).date()

    def directory(self) -> Directory:
        """Everybody, as last imported."""
        version = self._store.version("directory")
        if version != self._directory[0]:
            self._directory = (version, directory_from_rows(self._store.rows("people")))
        return self._directory[1]

    def context(self, program: Program, last: datetime | None = None) -> Context:
        """The world for a decision; time never runs behind the case's last event."""
        now = self.clock.now()
        return Context(
            now=now if last is None else max(now, last),
            directory=self.directory(),
            calendar=self.calendar(program),
            unseal=self.unseal,
            feed=self._feeds_of(program),
            live=self._live,
        )

    def refuse_clock(self) -> Refusal | None:
        """R141 while the machine's clock stands before the last act that the workspace has recorded.

        What would be written then would have wrong times and deadlines. The last act is read only where
        time has not gone on since it was last looked at.
        """
        if self._settings.sandbox:
            return None
        now = self.clock.now()
        if self._reached is not None and now >= self._reached:
            return None
        last = next(iter(self._store.changes(after=self._store.position() - 1)), None)
        if last is None or now >= last.recorded_at - APART:
            self._reached = now
            return None
        zone = ZoneInfo(self._settings.timezone)
        local = {"now": now.astimezone(zone), "last": last.recorded_at.astimezone(zone)}
        values = {name: f"{moment:%Y-%m-%d %H:%M}" for name, moment in local.items()}
        return Refusal("R141", "invalid", values)

    def seal(self, wire: Wire) -> Sealed:
        """Keep a private value durably."""
        return self._store.seal(msgspec.json.encode(wire))

    def pretend_to_seal(self, wire: Wire) -> Sealed:
        """A seal for a preview: nothing is written."""
        sealed = Sealed(f"preview-{len(self._unwritten)}")
        self._unwritten[sealed.commitment] = wire
        return sealed

    def unseal(self, sealed: Sealed) -> Wire:
        """A private value; None once it has been erased."""
        if sealed.commitment in self._unwritten:
            return self._unwritten[sealed.commitment]
        content = self._store.unseal(sealed)
        wire: Wire = None if content is None else msgspec.json.decode(content)
        return wire

    def _live(self, rulebook: str, process: str, subject: str) -> tuple[str, ...]:
        # Indexed by the subject alone: of one person there are few.
        rows = self._store.rows("cases", {"subject": subject})
        wanted = (rulebook, process)
        return tuple(row["id"] for row in rows if (row["rulebook"], row["process"]) == wanted)

    def _feeds_of(self, program: Program) -> Callable[[str, str], list[Wire]]:
        found = self._feeds.get(program.artefact)
        if found is None:
            found = self._feeds[program.artefact] = partial(self._feed_rows, program)
        return found

    def _feed_rows(self, program: Program, feed: str, person: str) -> list[Wire]:
        row = self._store.get("feeds", feed_key(program.rulebook.id, feed))
        if row is None:
            return []
        return list(rows_for(msgspec.convert(row, FeedData), person))

    def calendar(self, program: Program) -> WorkCalendar:
        """The calendar that a published rulebook counts by."""
        found = self._calendars.get(program.artefact)
        if found is None:
            made = calendar_of(program.rulebook)
            if isinstance(made, CalendarProblem):
                raise CalendarMissingError(made.values.get("name"))
            found = self._calendars[program.artefact] = made
        return found

    def _sandbox_now(self) -> datetime:
        version = self._store.version(CLOCK)
        if version != self._clock_set[0]:
            row = self._store.get("settings", CLOCK)
            at = None if row is None else datetime.fromisoformat(row["at"])
            self._clock_set = (version, at)
        return self._clock_set[1] or SystemClock().now()


def feed_key(rulebook: str, feed: str) -> str:
    """The key of a feed's row: feeds belong to the rulebook that declares their record."""
    return f"{rulebook}/{feed}"
