"""Where an act lies in the ledger's file: offset and size in one number."""

from __future__ import annotations

from engine.store.entries import FIRST_OFFSET, Entry
from engine.store.frames import LARGEST_PAYLOAD, Frame

SIZE_BITS = LARGEST_PAYLOAD.bit_length() - 1
SIZE_MASK = LARGEST_PAYLOAD - 1
LARGEST_LEDGER = 1 << (64 - SIZE_BITS)
"""Bytes: what the offsets can reach."""


def places_of(frame: Frame, entry: Entry) -> list[int]:
    """The places of a frame's acts."""
    offset = frame.payload_offset + FIRST_OFFSET
    found = []
    for act in entry.acts:
        found.append(offset << SIZE_BITS | len(act))
        offset += len(act) + 1
    return found
