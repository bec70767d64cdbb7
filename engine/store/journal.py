"""The ledger's file: created durably, read to its end, appended to in one write and one fsync."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from engine.store import frames
from engine.store.disk import Disk, os_reason
from engine.store.failure import StoreFailure, refused
from engine.store.frames import Flaw, Frame
from engine.store.places import LARGEST_LEDGER
from engine.store.snapshot import Standing

FILE = "ledger.baton"
CUT = "cut"
"""The folder of the torn ends that crashes have left."""


class Journal:
    """A handle on the file. Whoever calls it holds the folder's lock.

    Attributes:
        end: how far the file has been read, in bytes.
        digest: the digest of the last frame that has been read.
        count: how many frames have been read.
        header: the first line.
        identity: the digest that the first frame follows.
        last: where the last frame that has been read begins.
    """

    def __init__(self, disk: Disk, folder: Path, *, begin: bool) -> None:
        self._disk = disk
        self._folder = folder
        self.path = folder / FILE
        self._handle = self._opened(begin=begin)
        try:
            self.header = self._checked_header()
            self.identity = sha256(self.header).digest()
        except BaseException:
            disk.close(self._handle)
            raise
        self.rewind()

    def rewind(self) -> None:
        """Forget what has been read."""
        self.last = self.end = frames.HEADER_SIZE
        self.digest = self.identity
        self.count = 0

    def resume(self, standing: Standing) -> None:
        """Go on behind what a snapshot knows.

        Raises:
            StoreFailure: `K118` the file ends before that, `K129` another frame stands there: what
                had been acknowledged is not in the file any more.
        """
        if standing.count:
            head = self.read(frames.HEAD_SIZE, standing.last)
            if self.size() < standing.end:
                size, known = str(self.size()), str(standing.end)
                raise StoreFailure("K118", file=str(self.path), size=size, known=known)
            if not frames.is_head(head, standing.digest, standing.end - standing.last):
                offset = str(standing.last)
                raise StoreFailure("K129", file=str(self.path), offset=offset)
        self.last, self.end, self.count = standing.last, standing.end, standing.count
        self.digest = bytes.fromhex(standing.digest)

    def standing(self, position: int) -> Standing:
        """How far the file has been read, with so many events."""
        return Standing(
            self.identity.hex(), self.last, self.end, self.digest.hex(), self.count, position
        )

    def _opened(self, *, begin: bool) -> int:
        try:
            return self._disk.open(self.path)
        except FileNotFoundError as error:
            if not begin:
                raise StoreFailure("K119", file=str(self.path)) from error
            self._create()
            return self._disk.open(self.path)
        except OSError as error:
            if error.errno not in {errno.ELOOP, errno.EISDIR}:
                raise
            raise StoreFailure("K102", file=str(self.path)) from error

    def _create(self) -> None:
        unfinished = self._folder / f"new-{self._disk.random(8).hex()}"
        self._write_whole(unfinished, frames.header(self._disk.random(16)))
        self._disk.rename(unfinished, self.path)
        self._disk.fsync_folder(self._folder)

    def _write_whole(self, path: Path, data: bytes) -> None:
        handle = self._disk.create(path)
        try:
            self._write_all(handle, data, 0)
        finally:
            self._disk.close(handle)

    def _checked_header(self) -> bytes:
        head = self.read(frames.HEADER_SIZE, 0)
        number = frames.format_of(head)
        if number is not None and number != frames.FORMAT:
            supported = str(frames.FORMAT)
            raise StoreFailure("K103", file=str(self.path), found=str(number), supported=supported)
        if number is None:
            raise StoreFailure("K102", file=str(self.path))
        return head

    def read(self, size: int, offset: int) -> bytes:
        """Bytes of the file."""
        return self._disk.read(self._handle, size, offset)

    def grown(self) -> bool:
        """True if there is something behind what has been read; `K118` if the file got shorter."""
        size = self._disk.size(self._handle)
        if size < self.end:
            raise StoreFailure("K118", file=str(self.path), size=str(size), known=str(self.end))
        return size > self.end

    def size(self) -> int:
        """The file's length now."""
        return self._disk.size(self._handle)

    def unread(self) -> Iterator[Frame | Flaw]:
        """What lies behind what has been read; take each frame with `passed`."""
        return frames.scan(self.read, self.end, self.size(), self.digest)

    def whole(self) -> Iterator[Frame | Flaw]:
        """Every frame that has been read, from the medium again."""
        return frames.scan(self.read, frames.HEADER_SIZE, self.end, self.identity)

    def between(self, offset: int, end: int, digest: bytes) -> Iterator[Frame | Flaw]:
        """The frames from an offset to an end, behind the digest of the frame before."""
        return frames.scan(self.read, offset, end, digest)

    def intact_behind(self, offset: int) -> int:
        """How many frames behind an offset have a checksum that holds."""
        return frames.count_intact(self.read, offset, self.size())

    def passed(self, frame: Frame) -> None:
        """Count a frame as read."""
        self.last, self.end, self.digest = frame.offset, frame.end, frame.digest
        self.count += 1

    def append(self, payload: bytes) -> Frame:
        """Write a frame at the end and wait for the medium. Not yet `passed`.

        Raises:
            StoreFailure: `K109` the disk failed: whether the frame will be found later is not known,
                but it is whole or it is cut.
        """
        data, digest = frames.encode(payload, self.digest)
        if self.end + len(data) > LARGEST_LEDGER:
            reason = os_reason(errno.EFBIG)
            raise StoreFailure("K109", file=str(self.path), reason=reason)
        try:
            self._write_all(self._handle, data, self.end)
        except OSError as error:
            self._take_back()
            raise refused("K109", self.path, error) from error
        return Frame(self.end, payload, digest)

    def _write_all(self, handle: int, data: bytes, offset: int) -> None:
        if self._disk.write(handle, data, offset) != len(data):
            raise OSError(errno.ENOSPC, os_reason(errno.ENOSPC))
        self._disk.fsync(handle)

    def _take_back(self) -> None:
        try:
            self._disk.truncate(self._handle, self.end)
            self._disk.fsync(self._handle)
        except OSError:
            # The disk is failing: the next opening finds the frame whole or cuts it.
            return

    def cut(self, flaw: Flaw) -> Path:
        """Set a torn end aside, durably, then shorten the file to its last whole frame."""
        size = self.size()
        folder = self._folder / CUT
        self._disk.make_folder(folder)
        self._disk.fsync_folder(self._folder)
        aside = folder / f"{flaw.offset}-{self._disk.random(4).hex()}"
        self._write_whole(aside, self.read(size - flaw.offset, flaw.offset))
        self._disk.fsync_folder(folder)
        self._disk.truncate(self._handle, flaw.offset)
        self._disk.fsync(self._handle)
        return aside

    def close(self) -> None:
        """Release the handle."""
        self._disk.close(self._handle)


def must_fit(payload: bytes) -> None:
    """`K111` if a payload is larger than a frame may be."""
    if len(payload) > frames.LARGEST_PAYLOAD:
        limit = str(frames.LARGEST_PAYLOAD)
        raise StoreFailure("K111", size=str(len(payload)), limit=limit)
