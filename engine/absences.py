"""Substitutes: somebody does what falls to a person on some days, and also what waits already."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from engine.arrangements import DIRECTORY, Arrangements
from engine.chronicle import SubstituteEnded, SubstituteSet
from engine.following import follow_people
from engine.people.directory import Substitute, row_key, to_row
from engine.recording import Change
from engine.rejection import Refusal
from engine.repeats import asked, recorded
from engine.store.port import RowChange, StoredEvent


class Absences(Arrangements):
    """Arranges substitutes in one workspace."""

    def begin(
        self, wanted: Substitute, *, command_id: str | None = None, dry_run: bool = False
    ) -> Refusal | None:
        """Let somebody stand in; what waits for the person moves when the first day comes.

        Returns:
            None, or R110 (nobody who works here), R136 (not theirs to arrange), R137 (days that
            cannot be), R138 (somebody else stands in on one of them), R139 (for themself), R147 (the id stands for
            another act). The same act again is answered as recorded.
        """
        if dry_run:
            return self._refuse(wanted)
        act = asked(command_id, DIRECTORY, self._actor, wanted)
        before = recorded(self._service.store, act)
        if isinstance(before, Refusal):
            return before
        event = SubstituteSet(
            wanted.person, wanted.by, wanted.first, wanted.last, self._actor.person
        )
        change: Change = ((event,), [RowChange("people", row_key(wanted), to_row(wanted))])
        refusal = None
        if before is None:
            refusal = self._record(lambda: self._refuse(wanted) or change, act)
            self._keep_attempt(refusal, "Substitute")
        # Also of what is recorded already: whoever sent it may have been cut off before this.
        return self._follow(refusal, {wanted.person, wanted.by})

    def end(
        self, person: str, *, command_id: str | None = None, dry_run: bool = False
    ) -> Refusal | tuple[Substitute, ...]:
        """The person is back: nobody stands in for them any more.

        Returns:
            What has ended, or R110, R136 as above, R146 (nobody stands in for them),
            R147. The same act again is answered as recorded.
        """
        today = self._today
        act = asked(command_id, DIRECTORY, self._actor, person)
        before = None if dry_run else recorded(self._service.store, act)
        if before is not None:
            return before if isinstance(before, Refusal) else self._ended(before)
        known = self._service.world.directory().substitutes
        ending = tuple(one for one in known if one.person == person and one.last >= today)
        refusal = self._refuse_arranging(person)
        if refusal is None and not ending:
            refusal = Refusal("R146", "invalid", {"person": person})
        if not dry_run:
            self._keep_attempt(refusal, "Substitute")
        if refusal is not None or dry_run:
            return refusal or ending
        left = [_until(one, today - timedelta(days=1)) for one in ending]
        events = tuple(
            SubstituteEnded(
                person,
                before.by,
                before.first,
                before.last,
                after.last if after else None,
                self._actor.person,
            )
            for before, after in zip(ending, left, strict=True)
        )
        rows = [
            RowChange("people", row_key(before), None if after is None else to_row(after))
            for before, after in zip(ending, left, strict=True)
        ]
        refusal = self._record(lambda: (events, rows), act)
        return self._follow(refusal, {person, *(one.by for one in ending)}) or ending

    def _ended(self, events: tuple[StoredEvent, ...]) -> tuple[Substitute, ...]:
        """What the recorded act has ended; the cases follow it, if they have not yet."""
        found = [msgspec.json.decode(one.data, type=SubstituteEnded) for one in events]
        ended = tuple(Substitute(one.person, one.by, one.first, one.until) for one in found)
        self._follow(None, {one for each in ended for one in (each.person, each.by)})
        return ended

    def _follow(self, refusal: Refusal | None, people: set[str]) -> Refusal | None:
        if refusal is None:
            follow_people(self._service, sorted(people))
        return refusal

    def _refuse(self, wanted: Substitute) -> Refusal | None:
        return (
            self._refuse_arranging(wanted.person)
            or self._refuse_stranger(wanted.by)
            or _refuse_days(wanted, self._today)
            or self._refuse_overlap(wanted)
        )

    def _refuse_overlap(self, wanted: Substitute) -> Refusal | None:
        for one in self._service.world.directory().substitutes:
            if one.person == wanted.person and one.meets(wanted):
                values = {"person": one.by, "first": f"{one.first}", "last": f"{one.last}"}
                return Refusal("R138", "invalid", values)
        return None


def _refuse_days(wanted: Substitute, today: date) -> Refusal | None:
    if wanted.by == wanted.person:
        return Refusal("R139", "invalid", {"person": wanted.by})
    if wanted.first <= wanted.last and today <= wanted.last:
        return None
    return Refusal("R137", "invalid", {"first": f"{wanted.first}", "last": f"{wanted.last}"})


def _until(substitute: Substitute, last: date) -> Substitute | None:
    """The substitution up to a day; None if it has not begun by then."""
    return None if last < substitute.first else replace(substitute, last=last)
