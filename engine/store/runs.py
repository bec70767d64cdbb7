r"""Sorted files that are written once and looked into by key: what the archive is made of.

    `baton-archive 1\n`
    buckets     `<crc32: 4>` then entries `<key size: 2> <value size: 4> key value`, one after the other
    directory   where each bucket begins, 8 bytes each, and where the last one ends
    foot        `<buckets: 8> <entries: 8> <crc32 of the directory and these 16 bytes: 4>`

Numbers are little-endian. A key belongs to the bucket that the first bits of its hash name (BLAKE2b, 8
bytes) and entries are sorted by hash, so a look-up reads two short pieces however long the file is,
nothing is kept in memory, and several runs are merged in one walk.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from heapq import merge
from itertools import groupby
from pathlib import Path
from struct import Struct as Packing
from zlib import crc32

from engine.store.disk import Disk, write_all

MAGIC = b"baton-archive 1\n"
_CRC = Packing("<I")
_SIZES = Packing("<HI")
_SPAN = Packing("<QQ")
_FOOT = Packing("<QQI")
_PER_BUCKET = 4
_CHUNK = 1024 * 1024

Item = tuple[bytes, bytes]
"""A key (at most 65,535 bytes) and its value."""
_Hashed = tuple[int, bytes, bytes]


class BrokenRunError(Exception):
    """The file is not what was written.

    Attributes:
        filename: which; as with an `OSError`.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.filename = str(path)


class Run:
    """An open run.

    Args:
        path: the file.

    Raises:
        BrokenRunError: it is not a run, or its foot is damaged.
        OSError: it cannot be read.
    """

    def __init__(self, disk: Disk, path: Path) -> None:
        self._disk = disk
        self.path = path
        self._handle = disk.open_to_read(path)
        try:
            self.size = disk.size(self._handle)
            foot = self._foot()
        except BaseException:
            disk.close(self._handle)
            raise
        self._buckets, self.count = foot
        self._directory = self.size - _FOOT.size - (self._buckets + 1) * 8
        self._shift = 64 - (self._buckets.bit_length() - 1)

    def _foot(self) -> tuple[int, int]:
        raw = self._read(_FOOT.size, self.size - _FOOT.size) if self.size > _FOOT.size else b""
        if len(raw) != _FOOT.size or self._read(len(MAGIC), 0) != MAGIC:
            raise BrokenRunError(self.path)
        buckets, count, _ = _FOOT.unpack(raw)
        if not 0 < buckets <= self.size or buckets & (buckets - 1):
            raise BrokenRunError(self.path)
        return buckets, count

    def _read(self, size: int, offset: int) -> bytes:
        return self._disk.read(self._handle, size, offset)

    def get(self, key: bytes) -> bytes | None:
        """The value of a key; None if it has none."""
        bucket = hash_of_key(key) >> self._shift
        span = self._read(_SPAN.size, self._directory + bucket * 8)
        if len(span) != _SPAN.size:
            raise BrokenRunError(self.path)
        found = self._bucket(*_SPAN.unpack(span))
        # Most keys that are asked for are new ones.
        return dict(_entries(found)).get(key) if key in found else None

    def items(self) -> Iterator[Item]:
        """Everything, by the hash of the key; the whole file is checked on the way."""
        foot = self._read(_FOOT.size, self.size - _FOOT.size)
        directory = self._read((self._buckets + 1) * 8, self._directory)
        if crc32(foot[:16], crc32(directory)) != _FOOT.unpack(foot)[2]:
            raise BrokenRunError(self.path)
        for at in range(0, len(directory) - 8, 8):
            yield from _entries(self._bucket(*_SPAN.unpack_from(directory, at)))

    def _bucket(self, begin: int, end: int) -> bytes:
        """The entries of a bucket as they lie there, checked."""
        if begin == end:
            return b""
        if not len(MAGIC) <= begin < end <= self._directory:
            raise BrokenRunError(self.path)
        bucket = self._read(end - begin, begin)
        entries = bucket[4:]
        if len(bucket) != end - begin or crc32(entries) != _CRC.unpack_from(bucket)[0]:
            raise BrokenRunError(self.path)
        return entries

    def close(self) -> None:
        """Release the handle."""
        self._disk.close(self._handle)


def _entries(bucket: bytes) -> Iterator[Item]:
    at = 0
    while at < len(bucket):
        key_size, value_size = _SIZES.unpack_from(bucket, at)
        at += _SIZES.size
        yield bucket[at : at + key_size], bucket[at + key_size : at + key_size + value_size]
        at += key_size + value_size


def hash_of_key(key: bytes) -> int:
    """Where a key is sorted to."""
    return int.from_bytes(blake2b(key, digest_size=8).digest(), "big")


def ordered(items: Iterable[Item]) -> Iterator[Item]:
    """Items as a run wants them."""
    hashed = sorted((hash_of_key(key), key, value) for key, value in items)
    return ((key, value) for _, key, value in hashed)


def merged(newest_first: Iterable[Iterable[Item]]) -> Iterator[Item]:
    """The items of several runs; where a key is in more than one, the newest has it."""
    ranked = (_ranked(items, rank) for rank, items in enumerate(newest_first))
    for _, same in groupby(merge(*ranked), key=lambda one: one[:2]):
        _, key, _, value = next(same)
        yield key, value


def _ranked(items: Iterable[Item], rank: int) -> Iterator[tuple[int, bytes, int, bytes]]:
    return ((hash_of_key(key), key, rank, value) for key, value in items)


def write_run(disk: Disk, path: Path, items: Iterable[Item], at_most: int) -> None:
    """Write a new run, durably: items in the order of `ordered` or `merged`, `at_most` so many."""
    buckets = 1 << max(0, (at_most // _PER_BUCKET).bit_length())
    shift = 64 - (buckets.bit_length() - 1)
    handle = disk.create(path)
    try:
        writer = _Writer(disk, handle)
        for bucket, group in groupby(items, key=lambda one: hash_of_key(one[0]) >> shift):
            writer.bucket(bucket, group)
        writer.finish(buckets)
        disk.fsync(handle)
    finally:
        disk.close(handle)


class _Writer:
    def __init__(self, disk: Disk, handle: int) -> None:
        self._disk = disk
        self._handle = handle
        self._written = 0
        self._waiting = bytearray(MAGIC)
        self._starts: list[int] = []
        self._count = 0

    def bucket(self, number: int, items: Iterable[Item]) -> None:
        parts: list[bytes] = []
        for key, value in items:
            parts += [_SIZES.pack(len(key), len(value)), key, value]
            self._count += 1
        body = b"".join(parts)
        self._reach(number + 1)
        self._waiting += _CRC.pack(crc32(body)) + body
        if len(self._waiting) >= _CHUNK:
            self._flush()

    def _reach(self, number: int) -> None:
        """Let every bucket before a number that has no beginning yet begin here."""
        here = self._written + len(self._waiting)
        self._starts += [here] * (number - len(self._starts))

    def finish(self, buckets: int) -> None:
        self._reach(buckets + 1)
        directory = Packing(f"<{buckets + 1}Q").pack(*self._starts)
        numbers = _SPAN.pack(buckets, self._count)
        self._waiting += directory + numbers + _CRC.pack(crc32(numbers, crc32(directory)))
        self._flush()

    def _flush(self) -> None:
        write_all(self._disk, self._handle, bytes(self._waiting), self._written)
        self._written += len(self._waiting)
        self._waiting.clear()
