"""A rulebook's file: written as a whole or not at all, and never over what somebody else wrote."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

from dsl.source import MAX_BYTES

Unwritten = Literal["no_file", "changed"]
"""Why a file was not written: it is a link or no regular file; it is not what it was when it was read."""
NEW_MODE = 0o644


def read_bytes(path: Path) -> bytes:
    """What a file holds; no more than a text may have, so that a pipe without an end has one.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as text:
        return text.read(MAX_BYTES + 1)


def replace_file(
    path: Path, before: str | None, text: str, *, mode: int = NEW_MODE
) -> Unwritten | None:
    """Writes a file as a whole, keeping its mode; why it was not written, None if it was.

    A link is not followed, and what somebody has written since the file was read is kept.

    Args:
        path: the file.
        before: what it held when it was read; None if it was not there.
        text: what it shall hold.
        mode: of a new file.

    Raises:
        OSError: the folder cannot be written to.
    """
    if before is not None:
        kind = path.lstat().st_mode
        if not stat.S_ISREG(kind):
            return "no_file"
        mode = stat.S_IMODE(kind)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode("utf-8"))
            os.fchmod(new.fileno(), mode)
            new.flush()
            os.fsync(new.fileno())
        if before is None:
            return _put(Path(temporary), path)
        if path.read_bytes() != before.encode("utf-8"):
            return "changed"
        Path(temporary).replace(path)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
    return None


def _put(temporary: Path, path: Path) -> Unwritten | None:
    """A new file, if there is none of that name yet."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return "changed"
    return None
