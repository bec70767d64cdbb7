"""A past case under one version of its rulebook."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from engine import commands
from engine.commands import CLOCKWORK, Actor, Command
from engine.context import alone
from engine.events import NoticeQueued
from engine.impact.acts import Act
from engine.program import Program
from engine.rejection import Refusal
from engine.scene import Scene, decided
from engine.seen import application_hash, signed_hash
from engine.state import ActionTask, CaseState, SignedTask
from engine.world import World

_BATCH = 100


class Replica:
    """The case at one instant; the people and feeds around it are those of today.

    Args:
        world: of the workspace.
        case: its id.
        program: the process, as this version has it.

    Attributes:
        now: the instant.
        notices: those since somebody has cleared them.
    """

    def __init__(self, world: World, case: str, program: Program) -> None:
        self._world = world
        self.program = program
        self.state = CaseState(id=case, artefact=program.artefact, process=program.process.id)
        self.now = world.clock.now()
        self.notices: list[NoticeQueued] = []

    @property
    def scene(self) -> Scene:
        """The case as it stands, in its surroundings."""
        context = replace(self._world.context(self.program), now=self.now, live=alone)
        return Scene(self.program, self.state, context)

    @property
    def wakes(self) -> datetime | None:
        """When something happens by itself; None if nothing does."""
        return self.state.next_timer

    def act(self, act: Act) -> Refusal | None:
        """What somebody did, done here; why it cannot be."""
        self.now = act.at
        return self._take(_fitted(act.command, self), act.actor)

    def tick(self, at: datetime) -> None:
        """Lets happen what is due by then, each thing at its own moment."""
        while (due := self.wakes) is not None and due <= at:
            self.now = max(due, self.state.last_at or due)
            refusal = self._take(commands.Tick(_BATCH), Actor(CLOCKWORK, "clock", ""))
            if refusal is not None:
                raise RuntimeError(refusal.code)
        self.now = at

    def _take(self, command: Command, actor: Actor) -> Refusal | None:
        _, answer = decided(self.scene, command, actor, "impact")
        if isinstance(answer, Refusal):
            return answer
        self.notices += [one for one in answer if isinstance(one, NoticeQueued)]
        return None


def _fitted(command: Command, replica: Replica) -> Command:
    """The command with what it says of the case as it stands here: its facts, hashes, the open call."""
    state, facts = replica.state, replica.program.facts
    match command:
        case commands.Open():
            plain = {one: value for one, value in command.facts.items() if one in facts}
            sealed = {one: value for one, value in command.sealed.items() if one in facts}
            return replace(command, facts=plain, sealed=sealed)
        case commands.Approve() | commands.Reject():
            return replace(command, seen=application_hash(state))
        case commands.Sign(task=id_):
            task = state.tasks.get(id_)
            return (
                replace(command, seen=signed_hash(state, task))
                if isinstance(task, SignedTask)
                else command
            )
        case commands.Answer(operation=id_):
            called = state.tasks.get(id_)
            call = called.call if isinstance(called, ActionTask) else None
            return replace(command, operation=(call or "").partition(".")[2])
        case _:
            return command
