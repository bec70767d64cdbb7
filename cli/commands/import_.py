"""`baton import`: a workspace from a ledger in JSON Lines, byte for byte as it was."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cli.copying import stop_at, tell_copy, tell_foreseen
from cli.options import Options
from cli.parser import Parser
from engine.store.copies import from_lines
from engine.store.disk import Disk
from engine.store.port import Damage
from engine.workspace import LEDGER


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="import_file", metavar="FILE")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Makes the workspace; the exit code."""
    file, folder = Path(given.file), Path(options.workspace)
    try:
        with file.open("rb") as lines:
            damage = from_lines(lines, folder, LEDGER, Disk(), dry_run=given.dry_run)
    except OSError as error:
        values = {"file": str(file), "reason": error.strerror or str(error)}
        damage = Damage("K125", str(file), values)
    stop_at(options, damage)
    if given.dry_run:
        return tell_foreseen(options, folder)
    return tell_copy(options, folder, "import.done")
