"""Changed texts of rulebooks: shown as a difference, or written over their files as a whole."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.texts import MESSAGES
from dsl.source import Source

_COLOURS = {"+": "good", "-": "bad", "@": "quiet"}


def show_changes(output: Output, source: Source, text: str) -> None:
    """What is different in a new text of a source, line by line."""
    before, after = source.original.split("\n"), text.split("\n")
    for line in unified_diff(before, after, source.name, source.name, lineterm=""):
        output.line(line, _COLOURS.get(line[:1], ""))


def write(options: Options, file: str, before: Source, text: str) -> None:
    """Replaces a file as a whole, keeping its mode.

    A link is not followed, and what somebody has written since the file was read is kept.
    """
    try:
        reason = _replaced(Path(file), before.original.encode("utf-8"), text)
    except OSError as error:
        cause = error.strerror or str(error)
        raise wrong_use(options.language, "C132", file=file, reason=cause) from error
    if reason is not None:
        cause = MESSAGES.say(options.language, reason)
        raise wrong_use(options.language, "C132", file=file, reason=cause)


def _replaced(path: Path, before: bytes, text: str) -> str | None:
    """Why a file was not replaced; None if it was."""
    mode = path.lstat().st_mode
    if not stat.S_ISREG(mode):
        return "rewriting.no_file"
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode("utf-8"))
            os.fchmod(new.fileno(), stat.S_IMODE(mode))
            new.flush()
            os.fsync(new.fileno())
        if path.read_bytes() != before:
            return "rewriting.changed"
        Path(temporary).replace(path)
    finally:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
    return None
