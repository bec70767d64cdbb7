r"""A snapshot: the tables and the live streams as they stood behind one frame of the ledger.

    `baton-snapshot 1\n` `<size of the manifest: 8 hex> <crc32 of it: 8 hex>\n` manifest sections

The manifest (JSON) says which frame, which files of the archive belong to it, and where each section
lies. A section is read when it is first asked for. A snapshot is never the truth: if it is gone, the
ledger is read from its beginning.
"""

from __future__ import annotations

import re
from pathlib import Path
from zlib import crc32

import msgspec
from msgspec import Struct

from engine.store.archive import FAMILIES, FOLDER, Family
from engine.store.disk import Disk, write_all
from engine.store.runs import BrokenRunError

FILE = "snapshot.baton"
MAGIC = b"baton-snapshot 1\n"
_HEAD = re.compile(rb"([0-9a-f]{8}) ([0-9a-f]{8})\n")
_HEAD_SIZE = 18


class Standing(Struct, frozen=True):
    """How far a ledger had been read.

    Attributes:
        ledger: which one: the digest of its header, hexadecimal.
        last: where the last frame begins, in bytes.
        end: where it ends.
        digest: its digest, hexadecimal.
        count: how many frames there were.
        position: how many events.
    """

    ledger: str
    last: int
    end: int
    digest: str
    count: int
    position: int


class Section(Struct, frozen=True):
    """Where a section lies behind the manifest, and its CRC-32."""

    offset: int
    size: int
    crc32: int


class Manifest(Struct, frozen=True):
    """What a snapshot says of itself; `id` is its own."""

    id: str
    standing: Standing
    runs: dict[Family, tuple[str, ...]]
    sections: dict[str, Section]


_manifests = msgspec.json.Decoder(Manifest)


class Snapshot:
    """An open snapshot.

    Raises:
        BrokenRunError: the file is not what was written.
        OSError: it cannot be read.
    """

    def __init__(self, disk: Disk, folder: Path) -> None:
        self._disk = disk
        self.path = folder / FILE
        self._handle = disk.open_to_read(self.path)
        try:
            self.manifest = self._read_manifest()
        except BaseException:
            disk.close(self._handle)
            raise
        self.size = disk.size(self._handle)

    def _read_manifest(self) -> Manifest:
        head = self._disk.read(self._handle, len(MAGIC) + _HEAD_SIZE, 0)
        match = _HEAD.fullmatch(head, len(MAGIC))
        if not head.startswith(MAGIC) or match is None:
            raise BrokenRunError(self.path)
        raw = self._disk.read(self._handle, int(match[1], 16), len(head))
        if crc32(raw) != int(match[2], 16):
            raise BrokenRunError(self.path)
        self._body = len(head) + len(raw)
        return _manifests.decode(raw)

    def section(self, name: str) -> bytes:
        """The bytes of a section, checked; `BrokenRunError` if they are damaged."""
        where = self.manifest.sections[name]
        content = self._disk.read(self._handle, where.size, self._body + where.offset)
        if len(content) != where.size or crc32(content) != where.crc32:
            raise BrokenRunError(self.path)
        return content

    def close(self) -> None:
        """Release the handle."""
        self._disk.close(self._handle)


def snapshot_id(disk: Disk, folder: Path) -> str:
    """The id of the snapshot that counts now; empty if there is none that can be read."""
    try:
        snapshot = Snapshot(disk, folder)
    except (BrokenRunError, FileNotFoundError, ValueError):
        return ""
    snapshot.close()
    return snapshot.manifest.id


def write_draft(
    disk: Disk,
    folder: Path,
    standing: Standing,
    runs: dict[Family, tuple[str, ...]],
    sections: dict[str, bytes],
) -> Path:
    """Write a snapshot durably beside the place that it will take; gives where."""
    where: dict[str, Section] = {}
    offset = 0
    for name, content in sections.items():
        where[name] = Section(offset, len(content), crc32(content))
        offset += len(content)
    identity = disk.random(8).hex()
    raw = msgspec.json.encode(Manifest(identity, standing, runs, where))
    draft = folder / FOLDER / f"snapshot-{identity}"
    handle = disk.create(draft)
    try:
        head = b"%s%08x %08x\n" % (MAGIC, len(raw), crc32(raw))
        write_all(disk, handle, b"".join((head, raw, *sections.values())), 0)
        disk.fsync(handle)
    finally:
        disk.close(handle)
    return draft


def publish(disk: Disk, folder: Path, draft: Path, runs: dict[Family, tuple[str, ...]]) -> None:
    """Put a snapshot in its place, then drop what no longer counts. The folder's lock is held."""
    disk.fsync_folder(folder / FOLDER)
    disk.rename(draft, folder / FILE)
    disk.fsync_folder(folder)
    used = {name for family in FAMILIES for name in runs[family]}
    for name in disk.names_in(folder / FOLDER):
        if name not in used:
            disk.unlink(folder / FOLDER / name)
