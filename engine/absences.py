"""Substitutes: somebody does what falls to a person on some days, and also what waits already."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from engine.chronicle import SubstituteEnded, SubstituteSet
from engine.commands import Actor
from engine.following import follow_people
from engine.identity import Caller
from engine.people.directory import Substitute, row_key, to_row
from engine.recording import Change, record
from engine.rejection import Refusal
from engine.service import Service
from engine.store.port import RowChange

DIRECTORY = "directory"


class Absences:
    """Arranges substitutes in one workspace.

    Args:
        service: the workspace's service.
        caller: who is at the keyboard; administrators arrange for everybody.
        actor: the person who acts; a person arranges for themself, a superior for their people.
    """

    def __init__(self, service: Service, caller: Caller, actor: Actor) -> None:
        self._service = service
        self._caller = caller
        self._actor = actor

    def begin(
        self, wanted: Substitute, *, command_id: str | None = None, dry_run: bool = False
    ) -> Refusal | None:
        """Let somebody stand in; what waits for the person moves when the first day comes.

        Returns:
            None, or R110 (nobody who works here), R136 (not theirs to arrange), R137 (days that
            cannot be), R138 (somebody else stands in on one of them), R139 (for themself).
        """
        if dry_run:
            return self._refuse(wanted)
        event = SubstituteSet(
            wanted.person, wanted.by, wanted.first, wanted.last, self._actor.authority
        )
        change: Change = ((event,), [RowChange("people", row_key(wanted), to_row(wanted))])
        return self._follow(
            record(
                self._service,
                DIRECTORY,
                self._actor,
                lambda: self._refuse(wanted) or change,
                command_id,
            ),
            {wanted.person, wanted.by},
        )

    def end(
        self, person: str, *, command_id: str | None = None, dry_run: bool = False
    ) -> Refusal | tuple[Substitute, ...]:
        """The person is back: nobody stands in for them any more.

        Returns:
            What has ended, or R110, R136 as above, R146 (nobody stands in for them).
        """
        today = self._today
        known = self._service.world.directory().substitutes
        ending = tuple(one for one in known if one.person == person and one.last >= today)
        refusal = self._refuse_arranging(person)
        if refusal is None and not ending:
            refusal = Refusal("R146", "invalid", {"person": person})
        if refusal is not None or dry_run:
            return refusal or ending
        left = [_until(one, today - timedelta(days=1)) for one in ending]
        events = tuple(
            SubstituteEnded(
                person,
                before.by,
                before.first,
                after.last if after else None,
                self._actor.authority,
            )
            for before, after in zip(ending, left, strict=True)
        )
        rows = [
            RowChange("people", row_key(before), None if after is None else to_row(after))
            for before, after in zip(ending, left, strict=True)
        ]
        refusal = record(self._service, DIRECTORY, self._actor, lambda: (events, rows), command_id)
        return self._follow(refusal, {person, *(one.by for one in ending)}) or ending

    @property
    def _today(self) -> date:
        zone = ZoneInfo(self._service.settings.timezone)
        return self._service.world.clock.now().astimezone(zone).date()

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

    def _refuse_arranging(self, person: str) -> Refusal | None:
        allowed = (person, self._service.world.directory().manager_of(person))
        administers = self._caller.account in self._service.administrators
        if self._actor.authority in allowed or administers:
            return self._refuse_stranger(person)
        return Refusal("R136", "authority", {"person": self._actor.authority, "other": person})

    def _refuse_stranger(self, person: str) -> Refusal | None:
        record = self._service.world.directory().person(person)
        if record is not None and record.works_on(self._today):
            return None
        return Refusal("R110", "invalid", {"person": person})

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
