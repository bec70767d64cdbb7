"""Private values and evidence files, beside the ledger.

    sealed/ab/<commitment>   16 bytes of salt, then the value
    evidence/ab/<sha256>     the file's content
    incoming/<random>        a file on its way in; what a crash leaves there belongs to nothing

Both are on the medium before their name is given out, so no event can name what a crash has lost.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

from engine.store.disk import Disk, write_all
from engine.store.failure import StoreFailure
from engine.store.port import Damage, KeptFile, Sealed

SALT_SIZE = 16
AREAS = ("sealed", "evidence")
LARGEST_FILE = 200 * 1000 * 1000
"""Bytes. A larger file is refused: evidence is mail, scans and letters."""

_CHUNK = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{64}")
_NOT_A_FILE = {errno.ENXIO, errno.ENODEV, errno.EISDIR}

Sink = Callable[[bytes], object]


class Vault:
    """The two areas of one folder."""

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self._folder = folder
        self._durable: set[Path] = set()

    def seal(self, value: bytes) -> Sealed:
        """Keep a private value under a fresh salt; `K109` if the disk refuses it."""
        content = salted(self._disk, value)
        name = sha256(content).hexdigest()
        with self._refusals(self._folder / "sealed"), self._incoming() as (path, handle):
            write_all(self._disk, handle, content, 0)
            self._settle(path, handle, self._place("sealed", name))
        return Sealed(name)

    def unseal(self, sealed: Sealed) -> bytes | None:
        """The private value; None if it is erased; `K113` if it is not what was committed to."""
        content = self._content("sealed", sealed.commitment, "K113")
        return None if content is None else content[SALT_SIZE:]

    def keep(self, source: Path) -> KeptFile | Damage:
        """Copy a regular file in; its hash is of the bytes that were copied."""
        with self._refusals(self._folder / "evidence"), self._incoming() as (path, handle):
            size = 0

            def sink(chunk: bytes) -> None:
                nonlocal size
                write_all(self._disk, handle, chunk, size)
                size += len(chunk)

            kept = take_in(self._disk, source, sink)
            if isinstance(kept, KeptFile):
                self._settle(path, handle, self._place("evidence", kept.sha256))
        return kept

    def kept(self, name: str) -> bytes | None:
        """A kept file's content; `K115` if it is not what was taken in."""
        return self._content("evidence", name, "K115")

    def _content(self, area: str, name: str, code: str) -> bytes | None:
        if _NAME.fullmatch(name) is None:
            return None
        path = self._place(area, name)
        try:
            handle = self._disk.open_to_read(path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreFailure("K101", file=str(path), reason=_reason(error)) from error
        try:
            content = self._disk.read(handle, self._disk.size(handle), 0)
        except OSError as error:
            raise StoreFailure("K101", file=str(path), reason=_reason(error)) from error
        finally:
            self._disk.close(handle)
        if sha256(content).hexdigest() != name:
            raise StoreFailure(code, file=str(path), name=name)
        return content

    def _place(self, area: str, name: str) -> Path:
        return self._folder / area / name[:2] / name

    @contextmanager
    def _incoming(self) -> Iterator[tuple[Path, int]]:
        folder = self._folder / "incoming"
        self._disk.make_folder(folder)
        path = folder / self._disk.random(16).hex()
        handle = self._disk.create(path)
        try:
            yield path, handle
        finally:
            self._disk.close(handle)
            # Once settled it has another name.
            with suppress(FileNotFoundError):
                self._disk.unlink(path)

    def _settle(self, path: Path, handle: int, place: Path) -> None:
        self._disk.fsync(handle)
        for folder in (place.parent.parent, place.parent):
            self._make_durable(folder)
        self._disk.rename(path, place)
        self._disk.fsync_folder(place.parent)

    def _make_durable(self, folder: Path) -> None:
        # Another process may have made it and died before it was on the medium: once each is cheap.
        if folder not in self._durable:
            self._disk.make_folder(folder)
            self._disk.fsync_folder(folder.parent)
            self._durable.add(folder)

    @contextmanager
    def _refusals(self, area: Path) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise StoreFailure("K109", file=str(area), reason=_reason(error)) from error


def salted(disk: Disk, value: bytes) -> bytes:
    """A value behind a fresh salt: what a commitment is the SHA-256 of."""
    return disk.random(SALT_SIZE) + value


def take_in(disk: Disk, source: Path, sink: Sink) -> KeptFile | Damage:
    """Read a regular file to its end, hashing it; `K121` to `K125` if it cannot be evidence."""
    try:
        handle = disk.open_to_read(source)
    except (OSError, ValueError) as error:
        return _refused(source, error)
    try:
        if not disk.is_regular(handle):
            return Damage("K123", str(source), {"file": str(source)})
        if disk.size(handle) > LARGEST_FILE:
            return _too_large(source)
        return _copy(disk, handle, source, sink)
    finally:
        disk.close(handle)


def _copy(disk: Disk, handle: int, source: Path, sink: Sink) -> KeptFile | Damage:
    digest, size = sha256(), 0
    while True:
        try:
            chunk = disk.read(handle, _CHUNK, size)
        except OSError as error:
            return _refused(source, error)
        if not chunk:
            return KeptFile(digest.hexdigest(), size)
        size += len(chunk)
        if size > LARGEST_FILE:  # It has grown meanwhile.
            return _too_large(source)
        digest.update(chunk)
        sink(chunk)


def _too_large(source: Path) -> Damage:
    limit = str(LARGEST_FILE // 1_000_000)
    return Damage("K124", str(source), {"file": str(source), "limit": limit})


def _refused(source: Path, error: OSError | ValueError) -> Damage:
    values = {"file": str(source), "reason": _reason(error)}
    # A path with a NUL in it is a ValueError: no such file can be.
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return Damage("K121", str(source), values)
    if error.errno == errno.ELOOP:
        return Damage("K122", str(source), values)
    return Damage("K123" if error.errno in _NOT_A_FILE else "K125", str(source), values)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
