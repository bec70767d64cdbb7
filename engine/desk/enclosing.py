"""Files that an act brings along, named by their paths until it is known that the act may be done.

A refused file shall not lie in the store: so it is asked first, and kept then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec.structs import replace

from engine.commands import Attach, Command, HandOver
from engine.store.disk import Disk
from engine.store.port import Damage, KeptFile, Store
from engine.store.vault import take_in

UNKEPT = KeptFile("0" * 64, 0)
"""Stands for a file while it is only asked whether it may be attached."""


def at_path(task: str, evidence: str, path: str, source: str | None) -> Attach:
    """A file to be kept, by its path; from whom it came, if that is said."""
    return Attach(task, evidence, UNKEPT, path, source)


def enclosed(command: Command) -> tuple[Attach, ...]:
    """The files that an act brings along."""
    match command:
        case Attach():
            return (command,)
        case HandOver():
            return command.files
        case _:
            return ()


def named(command: Command) -> Command:
    """The act as it is asked about: of a path the last part, whatever the file holds."""
    return _with(command, (replace(one, name=Path(one.name).name) for one in enclosed(command)))


def inspected(command: Command) -> Command | Damage:
    """The act as it will be, without keeping anything, or what is wrong with the first file."""
    return _each(command, lambda path: take_in(Disk(), path, _nowhere))


def kept(store: Store, command: Command) -> Command | Damage:
    """The act with its files kept, or what is wrong with the first that cannot be; none is kept then."""
    ready = inspected(command)
    return ready if isinstance(ready, Damage) else _each(command, store.keep)


def _each(command: Command, take: Callable[[Path], KeptFile | Damage]) -> Command | Damage:
    files: list[Attach] = []
    for one in enclosed(command):
        found = take(Path(one.name))
        if isinstance(found, Damage):
            return found
        files.append(replace(one, file=found, name=Path(one.name).name))
    return _with(command, files)


def _nowhere(chunk: bytes) -> None:
    del chunk


def _with(command: Command, files: Iterable[Attach]) -> Command:
    every = tuple(files)
    match command:
        case Attach():
            return every[0]
        case HandOver():
            return replace(command, files=every)
        case _:
            return command
