"""Who may act for whom: a grant lets somebody act in a person's name, recorded with both names."""

from __future__ import annotations

from collections.abc import Callable

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
        event = ActingGranted(wanted.person, wanted.by, wanted.last, reason, self._actor.person)
        change: Change = ((event,), [RowChange("people", row_key(wanted), to_row(wanted))])
        return self._keep(
            lambda: self._refuse(wanted, reason) or change,
            (wanted, reason),
            command_id,
            dry_run=dry_run,
        )

    def revoke(
        self,
        person: str,
        by: str,
        reason: str,
        *,
        command_id: str | None = None,
        dry_run: bool = False,
    ) -> Refusal | None:
        """Let nobody act for the person by that grant any more, also where one of them has left.

        Returns:
            None, or R107, R136 and R147 as above, R148 (there is no such grant).
        """
        event = ActingRevoked(person, by, reason, self._actor.person)
        change: Change = ((event,), [RowChange("people", row_key(Grant(person, by)), None)])
        return self._keep(
            lambda: self._refuse_revoking(person, by, reason) or change,
            (person, by, reason),
            command_id,
            dry_run=dry_run,
        )

    def _keep(
        self,
        decide: Callable[[], Change | Refusal],
        what: object,
        command_id: str | None,
        *,
        dry_run: bool,
    ) -> Refusal | None:
        if dry_run:
            foreseen = decide()
            return foreseen if isinstance(foreseen, Refusal) else None
        act = asked(command_id, DIRECTORY, self._actor, what)
        before = recorded(self._service.store, act)
        if before is not None:
            return before if isinstance(before, Refusal) else None
        refusal = self._record(decide, act)
        self._keep_attempt(refusal, "Grant")
        return refusal

    def _refuse_revoking(self, person: str, by: str, reason: str) -> Refusal | None:
        refusal = self._refuse_others(person) or _refuse_blank(reason)
        grants = self._service.world.directory().grants
        if refusal is None and not any((one.person, one.by) == (person, by) for one in grants):
            return Refusal("R148", "invalid", {"person": by, "other": person})
        return refusal

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
