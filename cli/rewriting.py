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


def write(options: Options, file: str, text: str) -> None:
    """Replaces a file as a whole, keeping its mode; a link is not followed."""
    path = Path(file)
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            reason = MESSAGES.say(options.language, "rewriting.no_file")
            raise wrong_use(options.language, "C132", file=file, reason=reason)
        _replace(path, text, stat.S_IMODE(mode))
    except OSError as error:
        reason = error.strerror or str(error)
        raise wrong_use(options.language, "C132", file=file, reason=reason) from error


def _replace(path: Path, text: str, mode: int) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(text.encode("utf-8"))
            os.fchmod(new.fileno(), mode)
            new.flush()
            os.fsync(new.fileno())
        Path(temporary).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(temporary).unlink()
        raise
