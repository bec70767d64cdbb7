"""Copies of a ledger: as a folder, while others go on writing, and as JSON Lines.

A copy is made beside its place under another name, read back and checked, then renamed: it is whole or
it is not there. What an event names is on the disk before the event, so a copy that fixes the ledger's
end first and takes what lies beside it afterwards is complete. A ledger in lines:

    {"header":"baton-ledger 1 …"}                          begins it
    {"area":"sealed","name":"<hash>","content":"<base64>"}   a private value with its salt, or a file
    {"transaction":{…}}                                    the payload of a frame, byte for byte
    {"digest":"<the last frame's>","transactions":N}       ends it
"""

from __future__ import annotations

import errno
import shutil
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Raw, Struct

from engine.store import frames
from engine.store.disk import Disk, write_all
from engine.store.journal import FILE
from engine.store.ledger import LedgerStore, open_ledger
from engine.store.port import Damage
from engine.store.vault import AREAS

_CHUNK = 4 * 1024 * 1024
_OF_THE_DISK = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO))


class _Line(Struct, forbid_unknown_fields=True):
    """One line of a ledger in lines; which fields stand in it tells what it is."""

    header: str | None = None
    area: str | None = None
    name: str = ""
    content: bytes = b""
    transaction: Raw = Raw()
    digest: str | None = None
    transactions: int = 0


_lines = msgspec.json.Decoder(_Line)
Fill = Callable[[Path], Damage | None]
"""Puts a ledger's files into a folder that is there."""


def back_up(
    store: LedgerStore, target: Path, inside: str, disk: Disk, *, dry_run: bool = False
) -> Damage | None:
    """Copy the ledger of an open store while others may write to it.

    Args:
        store: what is copied, as far as it has come now.
        target: the folder that shall appear; it may be there if it is empty.
        inside: the name of the ledger's folder in it.
        disk: the operating system.
        dry_run: copy and check, and keep nothing of it.

    Returns:
        None, or why there is no copy: `K130` something stands in its place, `K109` the disk refused,
        `K132` nothing can be made there, or the damage that the copy was found to have.
    """

    def fill(folder: Path) -> Damage | None:
        end = store.summary().bytes
        _copy(disk, store.folder / FILE, folder / FILE, end)
        for area, name, path in _beside(store.folder, disk):
            place = _room(folder, area, name, disk)
            _copy(disk, path, place)
            disk.fsync_folder(place.parent)
        return None

    return _made(target, inside, disk, fill, dry_run=dry_run)


def in_lines(store: LedgerStore, disk: Disk) -> Iterator[bytes]:
    """A ledger in lines, as far as it has come now; private values stand in them in clear."""
    yield msgspec.json.encode({"header": store.header.strip()}) + b"\n"
    end, digest, count = store.summary().bytes, store.summary().last_hash, 0
    for area, name, path in _beside(store.folder, disk):
        content = b64encode(_content(disk, path)).decode()
        yield msgspec.json.encode({"area": area, "name": name, "content": content}) + b"\n"
    for payload in store.payloads(end):
        count += 1
        yield b'{"transaction":%s}\n' % payload
    yield msgspec.json.encode({"digest": digest, "transactions": count}) + b"\n"


def from_lines(
    lines: Iterable[bytes], target: Path, inside: str, disk: Disk, *, dry_run: bool = False
) -> Damage | None:
    """Make a ledger from lines; it comes out byte for byte as it was, or with `dry_run` could.

    Returns:
        None, or why not: `K131` a line is not what it should be, and as `back_up`.
    """
    return _made(
        target, inside, disk, lambda folder: _Reader(folder, disk).read(lines), dry_run=dry_run
    )


class _Reader:
    """Turns lines into a ledger's files."""

    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk
        self._handle = disk.create(folder / FILE)
        self._waiting = bytearray()
        self._written = 0
        self._digest = b""
        self._count = 0
        self._ended = False

    def read(self, lines: Iterable[bytes]) -> Damage | None:
        number = 0
        try:
            for number, line in enumerate(lines, 1):
                if not self._take(_lines.decode(line)):
                    return _no_line(number)
            self._flush()
            self._disk.fsync(self._handle)
        except ValueError:
            return _no_line(number)
        finally:
            self._disk.close(self._handle)
        return None if self._ended else _no_line(number + 1)

    def _take(self, line: _Line) -> bool:
        if line.header is not None:
            header = line.header.encode() + b"\n"
            self._digest = sha256(header).digest()
            self._waiting += header
            return frames.format_of(header) == frames.FORMAT and not self._written
        if line.area is not None:
            return self._beside(line)
        if bytes(line.transaction):
            data, self._digest = frames.encode(bytes(line.transaction), self._digest)
            self._waiting += data
            self._count += 1
            if len(self._waiting) > _CHUNK:
                self._flush()
            return bool(self._digest)
        self._ended = (line.digest, line.transactions) == (self._digest.hex(), self._count)
        return self._ended

    def _beside(self, line: _Line) -> bool:
        if line.area not in AREAS or sha256(line.content).hexdigest() != line.name:
            return False
        place = _room(self._folder, line.area, line.name, self._disk)
        handle = self._disk.create(place)
        try:
            write_all(self._disk, handle, line.content, 0)
            self._disk.fsync(handle)
        finally:
            self._disk.close(handle)
        self._disk.fsync_folder(place.parent)
        return True

    def _flush(self) -> None:
        write_all(self._disk, self._handle, bytes(self._waiting), self._written)
        self._written += len(self._waiting)
        self._waiting.clear()


def _no_line(number: int) -> Damage:
    return Damage("K131", str(number), {"line": str(number)})


def _made(target: Path, inside: str, disk: Disk, fill: Fill, *, dry_run: bool) -> Damage | None:
    draft = target.with_name(f".{target.name}-{disk.random(6).hex()}")
    try:
        if any(disk.names_in(target)):
            return Damage("K130", str(target), {"folder": str(target)})
        for folder in (draft, draft / inside):
            disk.make_folder(folder)
        damage = fill(draft / inside) or _checked(draft / inside, disk)
        if damage is None and not dry_run:
            disk.fsync_folder(draft / inside)
            disk.fsync_folder(draft)
            disk.rename(draft, target)
            disk.fsync_folder(target.parent)
    except OSError as error:
        return not_written(target, error)
    else:
        return damage
    finally:
        # Once it has its place, nothing stands here any more.
        with suppress(OSError):
            shutil.rmtree(draft)


def not_written(path: Path, error: OSError) -> Damage:
    """Why there is no copy: `K109` the disk refused, `K132` nothing can be made in that place."""
    values = {"file": str(path), "reason": error.strerror or str(error)}
    return Damage("K109" if error.errno in _OF_THE_DISK else "K132", str(path), values)


def _checked(folder: Path, disk: Disk) -> Damage | None:
    """The first damage of a copy, read back from the medium."""
    store = open_ledger(folder, disk, begin=False)
    if isinstance(store, Damage):
        return store
    try:
        return next(store.verify(), None)
    finally:
        store.close()


def _beside(folder: Path, disk: Disk) -> Iterator[tuple[str, str, Path]]:
    """Area, name and place of all that lies beside a ledger."""
    for area in AREAS:
        for first in disk.names_in(folder / area):
            for name in disk.names_in(folder / area / first):
                yield area, name, folder / area / first / name


def _room(folder: Path, area: str, name: str, disk: Disk) -> Path:
    """Where a value or file shall lie; the folders above it are there and durable."""
    place = folder / area / name[:2] / name
    for above in (place.parent.parent, place.parent):
        if disk.make_folder(above):
            disk.fsync_folder(above.parent)
    return place


def _content(disk: Disk, path: Path) -> bytes:
    handle = disk.open_to_read(path)
    try:
        return disk.read(handle, disk.size(handle), 0)
    finally:
        disk.close(handle)


def _copy(disk: Disk, source: Path, target: Path, end: int | None = None) -> None:
    """Copy a file, or its bytes up to an end, durably."""
    reading = disk.open_to_read(source)
    writing = disk.create(target)
    try:
        end, at = disk.size(reading) if end is None else end, 0
        while at < end:
            chunk = disk.read(reading, min(_CHUNK, end - at), at)
            if not chunk:
                return
            write_all(disk, writing, chunk, at)
            at += len(chunk)
        disk.fsync(writing)
    finally:
        disk.close(reading)
        disk.close(writing)
