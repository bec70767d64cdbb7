"""What lies behind the last snapshot and is no longer kept in memory: closed cases, command ids.

    <folder>/archive/<family>-<random>   one run each (see `runs`); the snapshot says which of them count

Nothing in it is the truth: it can be deleted and is made anew from the ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, Protocol, get_args

from engine.store.disk import Disk
from engine.store.failure import StoreFailure
from engine.store.runs import BrokenRunError, Item, Run, merged, ordered, write_run

FOLDER = "archive"
Family = Literal["closed", "commands", "streams"]
"""Rows of the table `closed`; command ids and what was answered; streams of closed cases."""
FAMILIES: tuple[Family, ...] = get_args(Family)
_RATIO = 4

Names = Mapping[Family, tuple[str, ...]]
"""The files of each family, newest first."""


class Past(Protocol):
    """What an index asks when it does not know a key itself."""

    def get(self, family: Family, key: str) -> bytes | None:
        """The value of a key."""

    def items(self, family: Family) -> Iterator[Item]:
        """Everything in a family."""


class Nothing:
    """The past of a store that has none."""

    def get(self, family: Family, key: str) -> None:
        """There is no value."""

    def items(self, family: Family) -> Iterator[Item]:
        """There are no items."""
        del family
        return iter(())


class Archive:
    """The open runs of one snapshot.

    Raises:
        BrokenRunError: a file is not what was written.
        OSError: a file is missing or cannot be read.
    """

    def __init__(self, disk: Disk, folder: Path, names: Names) -> None:
        self._disk = disk
        self._folder = folder / FOLDER
        self._runs: dict[Family, list[Run]] = {family: [] for family in FAMILIES}
        with ExitStack() as handles:
            for family in FAMILIES:
                for name in names.get(family, ()):
                    run = Run(disk, self._folder / name)
                    handles.callback(run.close)
                    self._runs[family].append(run)
            self._handles = handles.pop_all()

    def get(self, family: Family, key: str) -> bytes | None:
        """The value of a key; `K127` if the place where it would stand is damaged."""
        encoded = key.encode()
        for run in self._runs[family]:
            try:
                found = run.get(encoded)
            except BrokenRunError as error:
                raise StoreFailure("K127", file=str(run.path)) from error
            if found is not None:
                return found
        return None

    def items(self, family: Family) -> Iterator[Item]:
        """Everything in a family; `K127` if one of its files is damaged."""
        try:
            yield from merged([run.items() for run in self._runs[family]])
        except BrokenRunError as error:
            raise StoreFailure("K127", file=str(self._folder)) from error

    def with_new(self, family: Family, items: Iterable[Item]) -> tuple[str, ...]:
        """Write new items durably, together with the runs that are not much larger.

        Returns:
            The names that make up the family from now on.
        """
        fresh = list(ordered(items))
        count, joined = len(fresh), 0
        for run in self._runs[family]:
            if run.count > _RATIO * count:
                break
            count, joined = count + run.count, joined + 1
        kept = self._runs[family][joined:]
        names = tuple(run.path.name for run in kept)
        if not count:
            return names
        name = f"{family}-{self._disk.random(8).hex()}"
        parts = [fresh, *(run.items() for run in self._runs[family][:joined])]
        write_run(self._disk, self._folder / name, merged(parts), count)
        return (name, *names)

    def close(self) -> None:
        """Release every handle."""
        self._handles.close()
