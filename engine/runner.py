"""The scheduler: lets what is due happen, again and again, and says how it is.

<folder>/runner   held by the one runner of a workspace; its content is the health of the last one
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import Struct

from engine.service import Service
from engine.store.disk import Disk, write_all
from engine.store.ledger import LedgerStore
from engine.store.lock import FolderLock

FILE = "runner"


class Health(Struct, frozen=True):
    """How a runner is.

    Attributes:
        last_tick: when it last looked; instants are those of the workspace's clock.
        behind_by: how late the most overdue timer was then, in seconds.
        cases: how many cases it has moved since it began.
    """

    host: str
    process: int
    started_at: datetime
    last_tick: datetime
    behind_by: float
    cases: int


class Runner:
    """Ticks until it is told to stop.

    Args:
        service: of the workspace.
        store: the same that the service writes to; it is compacted when that is due.
        process: the number of this process.
    """

    def __init__(self, service: Service, store: LedgerStore, process: int) -> None:
        self._service = service
        self._store = store
        now = service.world.clock.now()
        self.health = Health(service.host, process, now, now, 0.0, 0)

    def run(
        self,
        wait: Callable[[float], bool],
        longest: float,
        tell: Callable[[Health], None],
    ) -> None:
        """Tick and wait in turns.

        Args:
            wait: waits so many seconds; True if it is time to stop.
            longest: seconds between two ticks at most, as others may set timers meanwhile.
            tell: hears of each tick.
        """
        while True:
            self.tick()
            tell(self.health)
            if wait(min(longest, self._until_next())):
                return

    def tick(self) -> None:
        """Let everything happen that is due now."""
        clock, due = self._service.world.clock, self._store.due_timers
        now = clock.now()
        overdue = due(now, 1)
        late = now - datetime.fromisoformat(overdue[0]["at"]) if overdue else timedelta()
        moved = self._service.advance()
        if self._store.is_long:
            self._store.compact()
        self.health = msgspec.structs.replace(
            self.health,
            last_tick=now,
            behind_by=late.total_seconds(),
            cases=self.health.cases + moved,
        )

    def _until_next(self) -> float:
        now = self._service.world.clock.now()
        first = self._store.due_timers(datetime.max.replace(tzinfo=now.tzinfo), 1)
        if not first:
            return float("inf")
        return max(0.0, (datetime.fromisoformat(first[0]["at"]) - now).total_seconds())


@contextmanager
def sole(folder: Path, disk: Disk) -> Iterator[Callable[[Health], None] | None]:
    """Be the workspace's one runner; gives where to note health, None if there is one already."""
    lock = FolderLock(disk, folder / FILE)
    try:
        with lock.attempted() as free:
            yield (lambda health: _note(folder, disk, health)) if free else None
    finally:
        lock.close()


def _note(folder: Path, disk: Disk, health: Health) -> None:
    handle = disk.open(folder / FILE)
    try:
        content = msgspec.json.encode(health)
        write_all(disk, handle, content, 0)
        disk.truncate(handle, len(content))
    finally:
        disk.close(handle)


def health_of(folder: Path, disk: Disk) -> tuple[Health | None, bool]:
    """The last runner's health (None if there never was one), and whether it is running."""
    try:
        handle = disk.open_to_read(folder / FILE)
    except FileNotFoundError:
        return None, False
    try:
        health = msgspec.json.decode(disk.read(handle, disk.size(handle), 0), type=Health)
    except ValueError:
        health = None
    finally:
        disk.close(handle)
    with sole(folder, disk) as note:
        return health, note is None
