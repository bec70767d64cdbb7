"""What workspace administrators do: import people and feeds, publish rulebooks, set a sandbox's clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from engine.artefact import CURRENT, Artefact, Release, first_difference
from engine.chronicle import (
    AdministratorsSet,
    ClockSet,
    FeedImported,
    PeopleImported,
    RulebookPublished,
)
from engine.feeds import FeedData
from engine.following import follow_directory
from engine.identity import Caller, account_of, refuse_unless_administrator
from engine.people.directory import Entry, from_row, row_key, to_row
from engine.projection import stamp
from engine.recording import Change, record
from engine.rejection import Refusal
from engine.service import Service
from engine.store.port import RowChange
from engine.workspace import STREAM
from engine.world import CLOCK, feed_key

if TYPE_CHECKING:
    # Reading files is a matter of those who import them.
    from engine.people.reading import PeopleFile


IMPORTED = frozenset({"person", "department"})
"""What of the directory a file brings; what people have arranged stays."""


class Administration:
    """Changes the world of a workspace; it does not act in cases.

    Args:
        service: the workspace's service.
        caller: who is at the keyboard.
    """

    def __init__(self, service: Service, caller: Caller) -> None:
        self._service = service
        self._caller = caller

    @property
    def is_administrator(self) -> bool:
        """True if the caller administers the workspace; asking is no attempt."""
        return refuse_unless_administrator(self._caller, self._service.administrators) is None

    def refuse(self) -> Refusal | None:
        """R134 unless the caller administers the workspace, R141 while the machine's clock is behind."""
        return self._refuse_others() or self._service.world.refuse_clock()

    def _refuse_others(self) -> Refusal | None:
        """R134 unless the caller administers the workspace; the attempt is kept."""
        refusal = refuse_unless_administrator(self._caller, self._service.administrators)
        if refusal is not None:
            self._service.record_attempt("Administer", account_of(self._caller), refusal)
        return refusal

    def import_people(
        self, file: PeopleFile, people: str, departments: str | None
    ) -> Refusal | None:
        """Put the file's people in the place of those that are there."""
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        everything: tuple[Entry, ...] = (*file.persons, *file.departments)
        entries = {row_key(entry): to_row(entry) for entry in everything}
        event = PeopleImported(len(file.persons), len(file.departments), people, departments)

        def change() -> Change:
            everybody = self._service.store.rows("people")
            old = {row_key(from_row(row)) for row in everybody if row["is"] in IMPORTED}
            rows = [RowChange("people", key, None) for key in sorted(old - entries.keys())]
            rows += [RowChange("people", key, row) for key, row in entries.items()]
            return (event,), rows

        refusal = self._record("directory", change)
        if refusal is None:
            follow_directory(self._service)
        return refusal

    def import_feed(self, rulebook: str, feed: str, data: FeedData, file: str) -> Refusal | None:
        """Put a feed's rows in the place of those that are there."""
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        key = feed_key(rulebook, feed)
        row: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(data))
        event = FeedImported(key, len(data.rows), file)
        refusal = self._record(f"feed/{key}", lambda: ((event,), [RowChange("feeds", key, row)]))
        if refusal is None:
            self._service.watching.keep(rulebook)
        return refusal

    def refuse_release(self, artefact: Artefact, *, changed_bases: bool = False) -> Refusal | None:
        """Why `publish` would refuse an artefact, whatever the reason; nothing is changed."""
        return self.refuse() or self._refuse_content(artefact, changed_bases=changed_bases)

    def publish(
        self, artefact: Artefact, reason: str, *, changed_bases: bool = False
    ) -> Release | Refusal:
        """Make an artefact current for new cases.

        Args:
            artefact: the rulebook with its layers.
            reason: why.
            changed_bases: a base may have changed without another version.

        Returns:
            The release, or R134 (no administrator), R107 (no reason), R175 (a base is no longer what
            it was under the same version), R140 (the version exists with other content).
        """
        rulebook = artefact.rulebook
        refusal = self.refuse()
        if refusal is None and not reason.strip():
            refusal = Refusal("R107", "missing", {"field": "reason"}, ("reason",))
        if refusal is not None:
            return refusal
        release = Release(
            artefact.hash,
            rulebook.id,
            rulebook.version,
            self._service.world.clock.now(),
            self._caller.account,
            reason,
        )
        event = RulebookPublished(rulebook.id, rulebook.version, artefact.hash, reason)
        stored: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(artefact))
        current: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(release))
        rows = [
            RowChange("artefacts", artefact.hash, stored),
            RowChange("settings", f"{CURRENT}{rulebook.id}", current),
            RowChange("settings", f"release:{rulebook.id}:{rulebook.version}", current),
        ]

        def decide() -> Change | Refusal:
            return self._refuse_content(artefact, changed_bases=changed_bases) or ((event,), rows)

        refusal = self._record("artefacts", decide)
        if refusal is None:
            self._service.watching.keep(rulebook.id)
        return refusal or release

    def set_administrators(
        self, add: tuple[str, ...], remove: tuple[str, ...], reason: str
    ) -> Refusal | None:
        """Say which accounts administer the workspace.

        It can be done whatever the machine's clock says: so an administrator confirms a clock that is
        right now and ran ahead before, with the reason.

        Returns:
            None, or R134 (no administrator), R107 (no reason), R144 (nobody would be left).
        """
        refusal = self._refuse_others()
        if refusal is None and not reason.strip():
            refusal = Refusal("R107", "missing", {"field": "reason"}, ("reason",))
        return refusal or self._record(
            STREAM, lambda: self._new_administrators(add, remove, reason)
        )

    def _new_administrators(
        self, add: tuple[str, ...], remove: tuple[str, ...], reason: str
    ) -> Change | Refusal:
        known = dict.fromkeys((*self._service.administrators, *add))
        left = tuple(one for one in known if one not in remove)
        if not left:
            return Refusal("R144", "invalid", {})
        settings = replace(self._service.settings, administrators=left)
        row: dict[str, Any] = msgspec.to_builtins(settings)
        return (AdministratorsSet(left, reason),), [RowChange("settings", STREAM, row)]

    def set_clock(self, at: datetime) -> Refusal | None:
        """Move a sandbox's clock; R142 in a live workspace, R143 if it would go back."""
        refusal = self.refuse()
        if refusal is not None:
            return refusal
        if not self._service.settings.sandbox:
            return Refusal("R142", "invalid", {})
        return self._record("clock", lambda: self._clock_change(at))

    def advance_to(
        self, at: datetime, progress: Callable[[int], None] | None = None
    ) -> int | Refusal:
        """Let a sandbox's time pass: what falls due on the way happens at its own moment.

        Returns:
            How many times a case was touched, or why the clock cannot be moved (`set_clock`).
        """
        service = self._service
        refusal = self.set_clock(min(at, max(service.world.clock.now(), self._next_due(at))))
        touched = 0
        while refusal is None:
            touched += service.advance(progress)
            if service.world.clock.now() >= at:
                return touched
            refusal = self.set_clock(self._next_due(at))
        return refusal

    def _next_due(self, until: datetime) -> datetime:
        """The moment of the earliest timer; `until` if none is due before that."""
        earliest = self._service.store.due_timers(until, 1)
        return datetime.fromisoformat(earliest[0]["at"]) if earliest else until

    def _clock_change(self, at: datetime) -> Change | Refusal:
        row = self._service.store.get("settings", CLOCK)
        if row is not None and stamp(at) < row["at"]:
            return Refusal("R143", "invalid", {"at": stamp(at), "now": row["at"]})
        return (ClockSet(at),), [RowChange("settings", CLOCK, {"at": stamp(at)})]

    def _refuse_content(self, artefact: Artefact, *, changed_bases: bool) -> Refusal | None:
        refusal = None if changed_bases else self._refuse_bases(artefact)
        return refusal or self._refuse_version(artefact)

    def _refuse_bases(self, artefact: Artefact) -> Refusal | None:
        """R175 if a base has another text than it had under this version when it was last published."""
        release = current_release(self._service, artefact.rulebook.id)
        row = None if release is None else self._service.store.get("artefacts", release.artefact)
        if row is None:
            return None
        before = {(one.id, one.version): one for one in msgspec.convert(row, Artefact).layers[1:]}
        for layer in artefact.layers[1:]:
            known = before.get((layer.id, layer.version))
            if known is not None and known.hash != layer.hash:
                line = first_difference(known.text, layer.text)
                values = {
                    "base": layer.id,
                    "version": layer.version,
                    "line": f"{layer.name}:{line}",
                }
                return Refusal("R175", "invalid", values)
        return None

    def _refuse_version(self, artefact: Artefact) -> Refusal | None:
        rulebook = artefact.rulebook
        key = f"release:{rulebook.id}:{rulebook.version}"
        row = self._service.store.get("settings", key)
        if row is None or row["artefact"] == artefact.hash:
            return None
        return Refusal("R140", "invalid", {"rulebook": rulebook.id, "version": rulebook.version})

    def _record(self, stream: str, decide: Callable[[], Change | Refusal]) -> Refusal | None:
        return record(self._service, stream, account_of(self._caller), decide)


def current_release(service: Service, rulebook: str) -> Release | None:
    """What new cases of a rulebook start with."""
    row = service.store.get("settings", f"{CURRENT}{rulebook}")
    return None if row is None else msgspec.convert(row, Release)


def releases(service: Service) -> list[Release]:
    """The current release of every rulebook, by rulebook id."""
    rows = service.store.rows("settings")
    found = [msgspec.convert(row, Release) for row in rows if "artefact" in row]
    latest = {one.rulebook: one for one in sorted(found, key=lambda one: one.published_at)}
    current = (current_release(service, rulebook) for rulebook in sorted(latest))
    return [one for one in current if one is not None]
