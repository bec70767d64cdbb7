"""Who may act for whom: a grant lets somebody act in a person's name, recorded with both names."""

from __future__ import annotations

from engine.arrangements import DIRECTORY, Arrangements
from engine.chronicle import ActingGranted, ActingRevoked
from engine.people.directory import Grant, row_key, to_row
from engine.recording import Change
from engine.rejection import Refusal
from engine.repeats import asked, recorded
from engine.store.port import RowChange


class Grants(Arrangements):
    """Grants and revokes in one workspace. What an import says of a person stays beside it."""

    def grant(
        self, wanted: Grant, reason: str, *, command_id: str | None = None, dry_run: bool = False
    ) -> Refusal | None:
        """Let somebody act for a person from now on, up to a day where one is given.

        Returns:
            None, or R107 (no reason), R110 (nobody who works here), R136 (not theirs to arrange),
            R137 (a day that is over), R139 (for themself), R147 (the id stands for another act).
        """
        event = ActingGranted(wanted.person, wanted.by, wanted.last, reason, self._actor.authority)
        change: Change = ((event,), [RowChange("people", row_key(wanted), to_row(wanted))])
        refusal = self._refuse(wanted, reason)
        return self._keep(refusal, change, (wanted, reason), command_id, dry_run=dry_run)

    def revoke(
        self,
        person: str,
        by: str,
        reason: str,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Refusal | None:
        """Let nobody act for the person by that grant any more.

        Returns:
            None, or R107, R110, R136 and R147 as above, R148 (there is no such grant).
        """
        grants = self._service.world.directory().grants
        found = next((one for one in grants if (one.person, one.by) == (person, by)), None)
        refusal = self._refuse_arranging(person) or _refuse_blank(reason)
        if refusal is None and found is None:
            refusal = Refusal("R148", "invalid", {"person": by, "other": person})
        event = ActingRevoked(person, by, reason, self._actor.authority)
        key = row_key(Grant(person, by))
        change: Change = ((event,), [RowChange("people", key, None)])
        return self._keep(refusal, change, (person, by, reason), command_id, dry_run=dry_run)

    def _keep(
        self,
        refusal: Refusal | None,
        change: Change,
        what: object,
        command_id: str | None,
        *,
        dry_run: bool,
    ) -> Refusal | None:
        if dry_run:
            return refusal
        act = asked(command_id, DIRECTORY, self._actor, what)
        before = recorded(self._service.store, act)
        if before is not None:
            return before if isinstance(before, Refusal) else None
        self._keep_attempt(refusal, "Grant")
        return refusal or self._record(lambda: change, act)

    def _refuse(self, wanted: Grant, reason: str) -> Refusal | None:
        if wanted.by == wanted.person:
            return Refusal("R139", "invalid", {"person": wanted.by})
        refusal = (
            self._refuse_arranging(wanted.person)
            or self._refuse_stranger(wanted.by)
            or _refuse_blank(reason)
        )
        if refusal is None and wanted.last is not None and wanted.last < self._today:
            days = {"first": f"{self._today}", "last": f"{wanted.last}"}
            return Refusal("R137", "invalid", days)
        return refusal


def _refuse_blank(reason: str) -> Refusal | None:
    return None if reason.strip() else Refusal("R107", "missing", {"field": "reason"}, ("reason",))
