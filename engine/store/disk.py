"""The seam between the stores and the operating system: every call that matters for durability.

A store is handed a `Disk` and touches files through nothing else, so a simulator of crashes and of
failing disks can stand in its place. POSIX only: `flock` is released when its process dies.

What is made is for the account alone. Where the folder that it is made in may be written by its group,
the group may use it too: so several accounts share a workspace. Nobody else ever may.
"""

from __future__ import annotations

import errno
import fcntl
import os
import stat
import time
from pathlib import Path

from typing_extensions import override

_PRIVATE_FILE = 0o600
_SHARED_FILE = 0o660
_PRIVATE_FOLDER = 0o700


def os_reason(number: int) -> str:
    """What the operating system calls an error."""
    return os.strerror(number)


class Disk:
    """The real disk. Every method raises `OSError` as the operating system does."""

    def open(self, path: Path) -> int:
        """Open a file for reading and writing; it must be there and must not be a link."""
        return os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)

    def open_to_read(self, path: Path) -> int:
        """Open for reading without following a link and without waiting for a pipe's writer."""
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)

    def open_or_create(self, path: Path) -> int:
        """Open for reading and writing; an empty file appears if there was none."""
        try:
            return self.open(path)
        except FileNotFoundError:
            pass
        try:
            return self.create(path)
        except FileExistsError:
            return self.open(path)

    def create(self, path: Path) -> int:
        """Create a file for reading and writing; it must not be there yet."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        handle = os.open(path, flags, _PRIVATE_FILE)
        if _is_shared(path.parent):
            os.fchmod(handle, _SHARED_FILE)
        return handle

    def close(self, handle: int) -> None:
        """Give a handle back."""
        os.close(handle)

    def write(self, handle: int, data: bytes, offset: int) -> int:
        """Write at an offset, in one call; returns how many bytes were taken."""
        return os.pwrite(handle, data, offset)

    def read(self, handle: int, size: int, offset: int) -> bytes:
        """Read at an offset; fewer bytes than asked for only at the end of the file."""
        return os.pread(handle, size, offset)

    def size(self, handle: int) -> int:
        """The file's length in bytes."""
        return os.fstat(handle).st_size

    def is_regular(self, handle: int) -> bool:
        """True for a plain file: no folder, pipe, socket or device."""
        return stat.S_ISREG(os.fstat(handle).st_mode)

    def fsync(self, handle: int) -> None:
        """Return when the file's bytes are on the medium."""
        os.fsync(handle)

    def fsync_folder(self, path: Path) -> None:
        """Return when the names in a folder are on the medium."""
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def truncate(self, handle: int, size: int) -> None:
        """Cut a file to a length."""
        os.ftruncate(handle, size)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its place in one step; what stood there is replaced."""
        os.replace(old, new)  # noqa: PTH105 - the seam names the system call

    def unlink(self, path: Path) -> None:
        """Take a name away."""
        os.unlink(path)  # noqa: PTH108 - the seam names the system call

    def make_folder(self, path: Path) -> bool:
        """Make one folder; False if it is there already."""
        try:
            os.mkdir(path, _PRIVATE_FOLDER)  # noqa: PTH102 - the seam names the system call
        except FileExistsError:
            return False
        if _is_shared(path.parent):
            # The set-group-id bit that the system may have handed down stays.
            path.chmod(path.stat().st_mode | stat.S_IRWXG)
        return True

    def names_in(self, path: Path) -> list[str]:
        """The names in a folder, sorted; none if it is not there."""
        try:
            return sorted(os.listdir(path))  # noqa: PTH208 - the seam names the system call
        except FileNotFoundError:
            return []

    def lock(self, handle: int, *, exclusive: bool) -> bool:
        """Try to lock, without waiting; False while another handle stands in the way."""
        try:
            fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def unlock(self, handle: int) -> None:
        """Let the others in."""
        fcntl.flock(handle, fcntl.LOCK_UN)

    def pause(self, seconds: float) -> None:
        """Wait before asking for a lock again."""
        time.sleep(seconds)

    def random(self, size: int) -> bytes:
        """Bytes that nobody can guess: salts, the ledger's own id, names of unfinished files."""
        return os.urandom(size)


class ReadingDisk(Disk):
    """The real disk, on which nothing can be written, whoever asks: every such call is refused."""

    @override
    def open(self, path: Path) -> int:
        return self.open_to_read(path)

    @override
    def open_or_create(self, path: Path) -> int:
        return self.open_to_read(path)

    @override
    def create(self, path: Path) -> int:
        raise _read_only(path)

    @override
    def write(self, handle: int, data: bytes, offset: int) -> int:
        raise _read_only(None)

    @override
    def truncate(self, handle: int, size: int) -> None:
        raise _read_only(None)

    @override
    def rename(self, old: Path, new: Path) -> None:
        raise _read_only(new)

    @override
    def unlink(self, path: Path) -> None:
        raise _read_only(path)

    @override
    def make_folder(self, path: Path) -> bool:
        raise _read_only(path)


def _read_only(path: Path | None) -> OSError:
    return OSError(errno.EROFS, os_reason(errno.EROFS), None if path is None else str(path))


def write_all(disk: Disk, handle: int, data: bytes, offset: int) -> None:
    """Write everything, in as many calls as the disk wants."""
    while data:
        taken = disk.write(handle, data, offset)
        if not taken:
            raise OSError(errno.ENOSPC, os_reason(errno.ENOSPC))
        data, offset = data[taken:], offset + taken


def _is_shared(folder: Path) -> bool:
    return bool(folder.stat().st_mode & stat.S_IWGRP)
