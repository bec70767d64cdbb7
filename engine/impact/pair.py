"""One past case under two versions, step by step, until they part."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from dsl.catalogue import Language
from engine.artefact import Artefact
from engine.commands import Open
from engine.impact.acts import Act, acts_of
from engine.impact.looks import NOTHING, Difference, differences
from engine.impact.replica import Replica
from engine.program import Program
from engine.rejection import Refusal
from engine.scope import Scope
from engine.service import Service
from engine.texts import MESSAGES
from engine.views.reader import Reader


class Parting(NamedTuple):
    """The first step of a case after which it would not have stood the same.

    Attributes:
        at: when, UTC.
        after: what had just been done, in words; None where only time had passed.
        by: who did it.
    """

    case: str
    at: datetime
    after: str | None
    by: str | None
    differences: tuple[Difference, ...]


class Pair:
    """A case under both versions.

    Args:
        service: of the workspace that the case is in.
        case: its id.
        both: the versions.
        language: of the words.
    """

    def __init__(
        self, service: Service, case: str, both: tuple[Artefact, Artefact], language: Language
    ) -> None:
        self._world = service.world
        self._case = case
        self._both = both
        self._language = language
        self._acts = list(acts_of(service.store.read(case)))
        self._sides: tuple[Replica, ...] = ()

    def play(self) -> Parting | str | None:
        """Where the ways part; the code of the refusal if neither version can begin; or nothing."""
        opened = self._acts[0]
        assert isinstance(opened.command, Open)
        process = opened.command.process
        has = [process in one.plans for one in self._both]
        if not all(has):
            return self._lacking(opened, process, has) if any(has) else "C114"
        programs = (Program(one, process) for one in self._both)
        self._sides = tuple(Replica(self._world, self._case, one) for one in programs)
        for act in self._acts:
            found = self._until(act.at) or self._step(act)
            if found is not None:
                return found
        return self._until(self._world.clock.now())

    def _lacking(self, opened: Act, process: str, has: list[bool]) -> Parting:
        said = [self._say("impact.done") if one else NOTHING for one in has]
        what = f"{self._act(opened)} · {process}"
        return Parting(self._case, opened.at, None, None, (Difference("act", what, *said),))

    def _until(self, at: datetime) -> Parting | None:
        """Lets time pass, from one thing that happens by itself to the next."""
        while True:
            due = min((one.wakes for one in self._sides if one.wakes is not None), default=at)
            if due >= at:
                break
            for side in self._sides:
                side.tick(due)
            found = self._parted(due, None)
            if found is not None:
                return found
        for side in self._sides:
            side.tick(at)
        return self._parted(at, None)

    def _step(self, act: Act) -> Parting | str | None:
        old, new = (side.act(act) for side in self._sides)
        if isinstance(act.command, Open) and old is not None and new is not None:
            return new.code
        if (old is None) == (new is None):
            return self._parted(act.at, act)
        what, said = self._act(act), (self._answer(old), self._answer(new))
        return self._parting(act.at, act, (Difference("act", what, *said),))

    def _parted(self, at: datetime, act: Act | None) -> Parting | None:
        old, new = self._sides
        found = differences((old, new), self._language)
        for side in self._sides:
            side.notices.clear()
        return self._parting(at, act, found) if found else None

    def _parting(self, at: datetime, act: Act | None, found: tuple[Difference, ...]) -> Parting:
        if act is None:
            return Parting(self._case, at, None, None, found)
        reader = Reader(Scope(*self._sides[0].scene), self._language)
        return Parting(self._case, at, self._act(act), reader.person(act.actor.person), found)

    def _act(self, act: Act) -> str:
        return self._say(f"act.{type(act.command).__name__}")

    def _answer(self, refusal: Refusal | None) -> str:
        """That an act is done, or the title of its refusal; what the refusal tells may be private."""
        if refusal is None:
            return self._say("impact.done")
        return f"{refusal.code} {self._say(f'{refusal.code}.title')}"

    def _say(self, message: str) -> str:
        return MESSAGES.say(self._language, message)
