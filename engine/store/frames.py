r"""The ledger's frames: how one transaction lies in the file.

    header  `baton-ledger 1 <32 hex: the ledger's id>\n`
    frame   `<length: 8 hex> <crc32: 8 hex> <digest: 64 hex>\n` payload `\n`

`length` counts the payload's bytes. `digest` is SHA-256 over the digest of the frame before (32 bytes;
for the first frame SHA-256 of the header line) followed by the payload. `crc32` is over the length as
written, the digest as written and the payload: it tells a broken byte from a changed history. Payloads
are JSON, so a ledger can be read with any pager and checked with a few lines of any language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Literal
from zlib import crc32

from msgspec import Struct

FORMAT = 1
"""Of all that is stored: frames, events, rows, artefacts. Raised with the first change of any shape after
a release; `tests/house/test_formats.py` tells of every change. A ledger of another number is `K103`."""

HEADER_SIZE = len(f"baton-ledger {FORMAT} {'0' * 32}\n")
LARGEST_PAYLOAD = 256 * 1024 * 1024

_HEADER = re.compile(rb"baton-ledger (\d{1,9}) ([0-9a-f]{32})\n")
_HEAD = re.compile(rb"([0-9a-f]{8}) ([0-9a-f]{8}) ([0-9a-f]{64})\n")
HEAD_SIZE = 8 + 1 + 8 + 1 + 64 + 1
_WINDOW = 4 * 1024 * 1024
_SECTOR = 512

FlawKind = Literal["torn", "broken", "changed"]
Read = Callable[[int, int], bytes]
"""Size and offset to bytes."""


class Frame(Struct, frozen=True):
    """A whole frame. `offset` is where it begins in the file, `digest` 32 bytes."""

    offset: int
    payload: bytes
    digest: bytes

    @property
    def end(self) -> int:
        """Where the next frame begins."""
        return self.offset + HEAD_SIZE + len(self.payload) + 1

    @property
    def payload_offset(self) -> int:
        """Where the payload begins in the file."""
        return self.offset + HEAD_SIZE


class Flaw(Struct, frozen=True):
    """The first place that does not read: `torn` by a crash, `broken` bytes, or `changed` history."""

    offset: int
    kind: FlawKind


def header(identity: bytes) -> bytes:
    """The header line of a new ledger; `identity` is 16 random bytes."""
    return f"baton-ledger {FORMAT} {identity.hex()}\n".encode()


def format_of(head: bytes) -> int | None:
    """The format number in a file's first bytes; None if it is not a ledger at all."""
    match = _HEADER.match(head)
    if match is not None:
        return int(match[1])
    other = re.match(rb"baton-ledger (\d{1,9}) ", head)
    return None if other is None or int(other[1]) == FORMAT else int(other[1])


def encode(payload: bytes, previous: bytes) -> tuple[bytes, bytes]:
    """A frame's bytes and its digest, behind the digest of the frame before."""
    digest = _chained(payload, previous)
    return b"%s%s\n" % (_head(payload, digest.hex().encode()), payload), digest


def _chained(payload: bytes, previous: bytes) -> bytes:
    digest = sha256(previous)
    digest.update(payload)
    return digest.digest()


def _head(payload: bytes, digest: bytes) -> bytes:
    length = b"%08x" % len(payload)
    return b"%s %08x %s\n" % (length, crc32(payload, crc32(digest, crc32(length))), digest)


def scan(read: Read, start: int, size: int, previous: bytes) -> Iterator[Frame | Flaw]:
    """The frames from an offset to the end of the file; a flaw, if there is one, comes last."""
    window, base, offset = b"", start, start
    while offset < size:
        need = HEAD_SIZE
        at = offset - base
        if len(window) - at >= HEAD_SIZE:
            need = _frame_size(window, at)
        if len(window) - at < need and base + len(window) < size:
            wanted = min(max(need, _WINDOW), size - offset)
            window, base = read(wanted, offset), offset
            size = size if len(window) == wanted else offset + len(window)
            continue
        frame = _frame_at(window, at, offset, previous)
        if frame is None:
            yield Flaw(offset, _kind(read, offset, size, previous))
            return
        yield frame
        offset, previous = frame.end, frame.digest


def _frame_size(window: bytes, at: int) -> int:
    match = _HEAD.match(window, at)
    length = int(match[1], 16) if match else 0
    return HEAD_SIZE + length + 1 if length <= LARGEST_PAYLOAD else HEAD_SIZE


def _frame_at(window: bytes, at: int, offset: int, previous: bytes) -> Frame | None:
    size = _frame_size(window, at)
    payload = window[at + HEAD_SIZE : at + size - 1]
    digest = _chained(payload, previous)
    fits = window[at : at + HEAD_SIZE] == _head(payload, digest.hex().encode())
    return (
        Frame(offset, payload, digest)
        if fits and window[at + size - 1 : at + size] == b"\n"
        else None
    )


def _kind(read: Read, offset: int, size: int, previous: bytes) -> FlawKind:
    if _intact(read, offset):
        return "changed"
    if any(True for _ in _intact_behind(read, offset + 1, size)):
        return "broken"
    return "torn" if _torn(read(size - offset, offset), offset, previous) else "broken"


def _intact(read: Read, offset: int) -> bool:
    """True for a frame whose checksum holds, whatever its place in the chain."""
    head = read(HEAD_SIZE, offset)
    match = _HEAD.fullmatch(head)
    if match is None or int(match[1], 16) > LARGEST_PAYLOAD:
        return False
    length = int(match[1], 16)
    rest = read(length + 1, offset + HEAD_SIZE)
    return len(rest) == length + 1 and rest[-1:] == b"\n" and _head(rest[:-1], match[3]) == head


def is_head(head: bytes, digest: str, size: int) -> bool:
    """True if these are the first bytes of a frame of that digest and size."""
    match = _HEAD.fullmatch(head)
    return (
        match is not None
        and match[3] == digest.encode()
        and HEAD_SIZE + int(match[1], 16) + 1 == size
    )


def count_intact(read: Read, offset: int, size: int) -> int:
    """How many frames from an offset on have a checksum that holds, whatever their chain."""
    return sum(1 for _ in _intact_behind(read, offset, size))


def _intact_behind(read: Read, offset: int, size: int) -> Iterator[int]:
    """Where frames begin whose checksum holds."""
    while offset < size:
        window = read(_WINDOW, offset)
        for match in _HEAD.finditer(window):
            if _intact(read, offset + match.start()):
                yield offset + match.start()
        if offset + len(window) >= size:
            return
        offset += len(window) - HEAD_SIZE


def _torn(tail: bytes, offset: int, previous: bytes) -> bool:
    """True if a crash explains the tail: it stops short, or blocks of it were never written."""
    if any(_unwritten(run, tail, offset) for run in re.finditer(rb"\0+", tail)):
        return True
    match = _HEAD.match(tail)
    if match is None:
        return len(tail) < HEAD_SIZE
    length = int(match[1], 16)
    # A frame that lies there in full except for its length was acknowledged: damage, no tear.
    whole = _chained(tail[HEAD_SIZE:-1], previous).hex().encode() == match[3]
    return len(tail) < HEAD_SIZE + length + 1 and not whole


def _unwritten(run: re.Match[bytes], tail: bytes, offset: int) -> bool:
    starts = run.start() == 0 or (offset + run.start()) % _SECTOR == 0
    ends = run.end() == len(tail) or (offset + run.end()) % _SECTOR == 0
    return starts and ends
