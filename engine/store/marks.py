"""Where to begin reading to find a position: a mark about every quarter of a megabyte."""

from __future__ import annotations

from bisect import bisect_right
from struct import Struct as Packing

_MARK = Packing("<QQ32s")
_APART = 256 * 1024


class Marks:
    """For some frames: how many events lie before it, where it begins, the digest that it follows."""

    def __init__(self, packed: bytes = b"") -> None:
        self.packed = bytearray(packed)
        self._next = self._at(len(self) - 1)[1] + _APART if packed else 0

    def pass_by(self, position: int, offset: int, digest: bytes) -> None:
        """Note a frame if the last one that was noted is far away."""
        if offset >= self._next:
            self.packed += _MARK.pack(position, offset, digest)
            self._next = offset + _APART

    def before(self, position: int) -> tuple[int, int, bytes]:
        """The last mark with no more events before it than `position`; there is at least one."""
        found = bisect_right(range(len(self)), position, key=lambda one: self._at(one)[0])
        return self._at(found - 1)

    def __len__(self) -> int:
        return len(self.packed) // _MARK.size

    def _at(self, number: int) -> tuple[int, int, bytes]:
        position, offset, digest = _MARK.unpack_from(self.packed, number * _MARK.size)
        return position, offset, digest
