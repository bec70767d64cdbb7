"""`baton export`: the whole ledger as JSON Lines."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from cli.copying import only_administrators, stop_at
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.store.copies import in_lines, not_written
from engine.store.disk import Disk


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="export_file", metavar="FILE")


def run(options: Options, given: Namespace) -> int:
    """Writes the file; the exit code."""
    file = Path(given.file)
    with workplace(options) as place:
        only_administrators(place)
        try:
            _write(file, in_lines(place.store, Disk()))
        except OSError as error:
            stop_at(options, not_written(file, error))
        if place.output.is_json:
            place.output.json({"file": str(file), "summary": place.store.summary()})
        else:
            place.output.line(place.output.say("exported.done", file=str(file)), "good")
    return 0


def _write(file: Path, lines: Iterator[bytes]) -> None:
    """For the account alone, and only where nothing stands yet."""
    with file.open("xb") as handle:
        file.chmod(0o600)
        handle.writelines(lines)
        handle.flush()
        os.fsync(handle.fileno())
