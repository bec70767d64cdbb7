"""`baton init`: a new workspace."""

from __future__ import annotations

import os
from argparse import Namespace
from pathlib import Path
from zoneinfo import available_timezones

from msgspec.structs import asdict

from cli.failures import WRONG_USE, StopError
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.workplace import account, engine_words, host
from engine.workspace import Problem, create_workspace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("folder", about="folder", nargs="?", metavar="DIR")
    parser.take("--sandbox", about="sandbox", action="store_true")
    parser.take("--timezone", about="timezone", metavar="ZONE")


def run(options: Options, given: Namespace) -> int:
    """Makes the workspace; the exit code."""
    folder = Path(given.folder or options.workspace)
    made = create_workspace(
        folder,
        sandbox=given.sandbox,
        timezone=given.timezone or _local_zone(),
        account=account(),
        host=host(),
    )
    if isinstance(made, Problem):
        raise StopError(engine_words(options, made.code, made.values), WRONG_USE)
    made.store.close()
    output = Output(options.format, options.language)
    if output.is_json:
        output.json({"folder": str(folder), **asdict(made.settings)})
        return 0
    kind = output.say("init.sandbox" if given.sandbox else "init.live")
    output.line(output.say("init.made", folder=str(folder), kind=kind))
    output.line(
        output.say("init.settings", zone=made.settings.timezone, account=account()), "quiet"
    )
    return 0


def _local_zone() -> str:
    """The machine's zone by its name, UTC where it has none."""
    known = available_timezones()
    parts = Path(os.path.realpath("/etc/localtime")).parts
    names = (os.environ.get("TZ", "").lstrip(":"), "/".join(parts[-2:]), parts[-1])
    return next((name for name in names if name in known), "UTC")
