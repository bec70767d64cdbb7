"""A disk that lives in memory, remembers what no fsync has covered, and loses it as disks do.

At a crash each write that was not covered is kept, lost, torn at a sector, or leaves zeros where its
bytes should be, independently of the others, so writes are reordered too. Names that were made,
renamed or taken away and not covered by an fsync of their folder are kept or lost, each by itself.
"""

from __future__ import annotations

import errno
import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from typing_extensions import override

from engine.store.disk import Disk

SECTOR = 512


class Died(BaseException):
    """The machine is gone; no handler may act any more."""


@dataclass
class File:
    """What is on the medium for sure, what readers see now, and the changes that lie between."""

    durable: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes] | int] = field(default_factory=list)
    """Writes (offset and bytes) and truncations (the new size), in order."""


Names = dict[Path, File | None]
"""Every name; None for a folder."""


class SimulatedDisk(Disk):
    """Several handles share it as processes share a machine.

    Args:
        seed: of everything that happens by chance.
        calls: dies at the call of this number.
        honest: False for a disk whose fsync of a file does nothing.
    """

    def __init__(self, seed: int, calls: int = 1 << 60, *, honest: bool = True) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - to be repeated, no secret
        self.calls = calls
        self.honest = honest
        self.names: Names = {Path("/"): None}
        self.durable: Names = dict(self.names)
        self.waiting: list[Names] = []
        """Changes of names that no fsync has covered; False-like files are names taken away."""
        self.handles: dict[int, tuple[Path, File]] = {}
        self.locks: dict[Path, dict[int, bool]] = {}
        self._numbers = iter(range(3, 1 << 60))
        self._gone = File()

    def _step(self) -> None:
        self.calls -= 1
        if self.calls <= 0:
            raise Died

    def _change(self, changes: Names) -> None:
        self.waiting.append(changes)
        self._apply(self.names, changes)

    def _apply(self, names: Names, changes: Names) -> None:
        for path, target in changes.items():
            if target is self._gone:
                names.pop(path, None)
            else:
                names[path] = target

    def _hold(self, path: Path, file: File) -> int:
        handle = next(self._numbers)
        self.handles[handle] = path, file
        return handle

    @override
    def open(self, path: Path) -> int:
        found = self.names.get(path)
        if path not in self.names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        if found is None:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        return self._hold(path, found)

    @override
    def open_to_read(self, path: Path) -> int:
        return self.open(path)

    @override
    def create(self, path: Path) -> int:
        self._step()
        if path in self.names:
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        if path.parent not in self.names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        file = File()
        self._change({path: file})
        return self._hold(path, file)

    @override
    def close(self, handle: int) -> None:
        self.unlock(handle)
        self.handles.pop(handle, None)

    @override
    def write(self, handle: int, data: bytes, offset: int) -> int:
        file = self.handles[handle][1]
        file.pending.append((offset, data))
        file.now[:] = written(bytes(file.now), offset, data)
        self._step()
        return len(data)

    @override
    def read(self, handle: int, size: int, offset: int) -> bytes:
        return bytes(self.handles[handle][1].now[offset : offset + size])

    @override
    def size(self, handle: int) -> int:
        return len(self.handles[handle][1].now)

    @override
    def is_regular(self, handle: int) -> bool:
        return handle in self.handles

    @override
    def fsync(self, handle: int) -> None:
        self._step()
        if self.honest:
            file = self.handles[handle][1]
            file.durable = bytes(file.now)
            file.pending.clear()

    @override
    def fsync_folder(self, path: Path) -> None:
        self._step()
        for changes in list(self.waiting):
            if any(one.parent == path for one in changes):
                self._apply(self.durable, changes)
                self.waiting.remove(changes)

    @override
    def truncate(self, handle: int, size: int) -> None:
        self._step()
        file = self.handles[handle][1]
        file.pending.append(size)
        del file.now[size:]

    @override
    def rename(self, old: Path, new: Path) -> None:
        self._step()
        self._change({new: self.names[old], old: self._gone})

    @override
    def unlink(self, path: Path) -> None:
        if path not in self.names:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
        self._step()
        self._change({path: self._gone})

    @override
    def make_folder(self, path: Path) -> bool:
        if path in self.names:
            return False
        self._step()
        self._change({path: None})
        return True

    @override
    def names_in(self, path: Path) -> list[str]:
        return sorted(one.name for one in self.names if one.parent == path and one != path)

    @override
    def lock(self, handle: int, *, exclusive: bool) -> bool:
        holders = self.locks.setdefault(self.handles[handle][0], {})
        if any(exclusive or alone for other, alone in holders.items() if other != handle):
            return False
        holders[handle] = exclusive
        return True

    @override
    def unlock(self, handle: int) -> None:
        if handle in self.handles:
            self.locks.get(self.handles[handle][0], {}).pop(handle, None)

    @override
    def pause(self, seconds: float) -> None:
        raise AssertionError(seconds)

    @override
    def random(self, size: int) -> bytes:
        return self.chance.randbytes(size)

    def crashed(self, calls: int) -> SimulatedDisk:
        """The disk as it is found after the crash; it dies at its own time again."""
        found = SimulatedDisk(self.chance.randrange(1 << 60), calls, honest=self.honest)
        names = dict(self.durable)
        for changes in self.waiting:
            if self.chance.random() < 0.5:
                self._apply(names, changes)
        files: dict[int, File] = {}
        for path, file in names.items():
            if all(above in names for above in path.parents):
                found.names[path] = None if file is None else self._survivor(file, files)
        found.durable = dict(found.names)
        return found

    def _survivor(self, file: File, known: dict[int, File]) -> File:
        if id(file) not in known:
            content = file.durable
            for change in file.pending:
                content = self._fate(content, change)
            known[id(file)] = File(content, bytearray(content))
        return known[id(file)]

    def _fate(self, content: bytes, change: tuple[int, bytes] | int) -> bytes:
        if isinstance(change, int):
            return content[:change] if self.chance.random() < 0.5 else content
        offset, data = change
        match self.chance.choice(["kept", "lost", "torn", "zeroed", "holes"]):
            case "kept":
                return written(content, offset, data)
            case "torn":
                return written(content, offset, data[: self._sector(offset, len(data))])
            case "zeroed":
                return written(content, offset, bytes(self._sector(offset, len(data))))
            case "holes":
                return written(content, offset, self._with_holes(offset, data))
            case _:
                return content

    def _sector(self, offset: int, size: int) -> int:
        """Some size that ends at the border of a sector, or the whole."""
        borders = list(range(SECTOR - offset % SECTOR, size, SECTOR))
        return self.chance.choice([*borders, size])

    def _with_holes(self, offset: int, data: bytes) -> bytes:
        found, at = bytearray(data), 0
        while at < len(data):
            end = min(len(data), at + SECTOR - (offset + at) % SECTOR)
            if self.chance.random() < 0.5:
                found[at:end] = bytes(end - at)
            at = end
        return bytes(found)


def written(content: bytes, offset: int, data: bytes) -> bytes:
    """A file's content after a write; what lies between its end and the offset is zeros."""
    if not data:
        return content
    return content[:offset].ljust(offset, b"\0") + data + content[offset + len(data) :]
