"""`baton restore`: a workspace from a back-up, checked, in a place of its own."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from cli.copying import only_administrators, stop_at, tell_copy, tell_foreseen
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.store.copies import back_up
from engine.store.disk import Disk
from engine.workspace import LEDGER


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("backup", about="backup", metavar="BACKUP")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Makes the workspace; the exit code."""
    folder = Path(options.workspace)
    with workplace(options._replace(workspace=given.backup)) as place:
        only_administrators(place)
        stop_at(options, back_up(place.store, folder, LEDGER, Disk(), dry_run=given.dry_run))
    if given.dry_run:
        return tell_foreseen(options, folder)
    return tell_copy(options, folder, "restore.done")
