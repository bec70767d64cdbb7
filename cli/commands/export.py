"""`baton export`: the whole ledger as JSON Lines."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from errno import EEXIST
from pathlib import Path

from cli.copying import only_administrators, stop_at, tell_foreseen
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.store.copies import in_lines, not_written
from engine.store.disk import Disk


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="export_file", metavar="FILE")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Writes the file; the exit code."""
    file = Path(given.file)
    with workplace(options) as place:
        only_administrators(place)
        try:
            lines = in_lines(place.store, Disk())
            if given.dry_run:
                return _foresee(options, file, lines)
            _write(file, lines)
        except OSError as error:
            stop_at(options, not_written(file, error))
        if place.output.is_json:
            place.output.json({"file": str(file), "summary": place.store.summary()})
        else:
            place.output.line(place.output.say("exported.done", file=str(file)), "good")
    return 0


def _foresee(options: Options, file: Path, lines: Iterator[bytes]) -> int:
    """Read everything that would be written; the exit code."""
    if file.exists():
        raise FileExistsError(EEXIST, os.strerror(EEXIST))
    for _ in lines:
        pass
    return tell_foreseen(options, file)


def _write(file: Path, lines: Iterator[bytes]) -> None:
    """For the account alone, and only where nothing stands yet."""
    with file.open("xb") as handle:
        file.chmod(0o600)
        handle.writelines(lines)
        handle.flush()
        os.fsync(handle.fileno())
