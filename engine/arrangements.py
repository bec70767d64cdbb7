"""What people arrange for each other in the directory: who may, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.commands import Actor
from engine.identity import Caller
from engine.recording import Change, record
from engine.rejection import Refusal
from engine.repeats import Asked
from engine.service import Service

DIRECTORY = "directory"


class Arrangements:
    """The base of what one person arranges for another.

    Args:
        service: the workspace's service.
        caller: who is at the keyboard; administrators arrange for everybody.
        actor: the person who acts; a person arranges for themself, a superior for their people. Whoever
            acts in another's name arranges nothing in it: what a grant gives ends with the grant.
    """

    def __init__(self, service: Service, caller: Caller, actor: Actor) -> None:
        self._service = service
        self._caller = caller
        self._actor = actor

    @property
    def _today(self) -> date:
        return self._service.world.today

    def _record(self, decide: Callable[[], Change | Refusal], act: Asked) -> Refusal | None:
        return record(self._service, DIRECTORY, self._actor, decide, act)

    def _keep_attempt(self, refusal: Refusal | None, act: str) -> None:
        if refusal is not None and refusal.kind == "authority":
            self._service.record_attempt(act, self._actor, refusal)

    def _refuse_arranging(self, person: str) -> Refusal | None:
        return self._refuse_others(person) or self._refuse_stranger(person)

    def _refuse_others(self, person: str) -> Refusal | None:
        """R136 unless it is the actor's to arrange, whether or not the person still works here."""
        allowed = (person, self._service.world.directory().manager_of(person))
        administers = self._caller.account in self._service.administrators
        if self._actor.person in allowed or administers:
            return None
        return Refusal("R136", "authority", {"person": self._actor.person, "other": person})

    def _refuse_stranger(self, person: str) -> Refusal | None:
        record = self._service.world.directory().person(person)
        if record is not None and record.works_on(self._today):
            return None
        return Refusal("R110", "invalid", {"person": person})
