"""Private values on their way in: sealed before a command is decided, left out of its digest."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from dsl.expressions.tree import Wire
from engine.commands import ChangeFact, Command, Open, Resubmit
from engine.program import Program
from engine.store.port import Sealed
from engine.world import World

WITH_FACTS = (Open, Resubmit, ChangeFact)
"""The commands that may carry private values."""
C = TypeVar("C", bound=Command)


class Sealing:
    """Seals the private values of a workspace's commands.

    Args:
        world: it keeps the sealed values, and knows what feeds say.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def split(
        self, program: Program, facts: dict[str, Wire], *, dry_run: bool = False
    ) -> tuple[dict[str, Wire], dict[str, Sealed]]:
        """Facts in wire form, the private ones sealed."""
        seal = self._world.pretend_to_seal if dry_run else self._world.seal
        plain: dict[str, Wire] = {}
        sealed: dict[str, Sealed] = {}
        for fact, wire in facts.items():
            if _is_private(program, fact) and wire is not None:
                sealed[fact] = seal(wire)
            else:
                plain[fact] = wire
        return plain, sealed

    def sealed(self, program: Program, command: C, *, dry_run: bool = False) -> C:
        """The command with every private value in it sealed, whoever has put it together."""
        match command:
            case Open() | Resubmit():
                given = command.facts
                if isinstance(command, Open):
                    given = {**self._private_at_opening(program, command), **given}
                plain, sealed = self.split(program, given, dry_run=dry_run)
                return replace(command, facts=plain, sealed={**sealed, **command.sealed})
            case ChangeFact(fact=fact, value=value) if value is not None:
                plain, sealed = self.split(program, {fact: value}, dry_run=dry_run)
                return replace(command, value=plain.get(fact), sealed=sealed.get(fact))
            case _:
                return command

    def _private_at_opening(self, program: Program, command: Open) -> dict[str, Wire]:
        """What feeds and defaults give private facts that nobody has stated."""
        context = self._world.context(program)
        stated = {*command.facts, *command.sealed}
        lacking = [one for one in program.rulebook.facts if one.private_to and one.id not in stated]
        return {
            fact.id: list(context.feed(fact.feed, command.subject)) if fact.feed else fact.default
            for fact in lacking
        }


def without_private(program: Program, command: Command) -> Command:
    """The command as anybody may know it."""
    match command:
        case Open() | Resubmit():
            known = {
                fact: wire for fact, wire in command.facts.items() if not _is_private(program, fact)
            }
            return replace(command, facts=known, sealed={})
        case ChangeFact(fact=fact) if _is_private(program, fact):
            return replace(command, value=None, sealed=None)
        case _:
            return command


def _is_private(program: Program, fact: str) -> bool:
    declared = program.facts.get(fact)
    return declared is not None and bool(declared.private_to)
