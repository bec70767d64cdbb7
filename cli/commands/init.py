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
from engine.workspace import Problem, create_workspace, refuse_workspace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("folder", about="folder", nargs="?", metavar="DIR")
    parser.take("--sandbox", about="sandbox", action="store_true")
    parser.take("--timezone", about="timezone", metavar="ZONE")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Makes the workspace; the exit code."""
    folder = Path(given.folder or options.workspace)
    zone = given.timezone or _local_zone()
    if given.dry_run:
        return _foresee(options, folder, zone, sandbox=given.sandbox)
    made = create_workspace(
        folder,
        sandbox=given.sandbox,
        timezone=zone,
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
    output.line(output.say("init.made", folder=_called(folder), kind=kind))
    output.line(
        output.say("init.settings", zone=made.settings.timezone, account=account()), "quiet"
    )
    return 0


def _called(folder: Path) -> str:
    """A folder in a sentence: in full where dots alone would name it."""
    return str(folder if folder.name.strip(".") else folder.resolve())


def _foresee(options: Options, folder: Path, zone: str, *, sandbox: bool) -> int:
    """What would be made, or why it could not; the exit code."""
    problem = refuse_workspace(folder, zone)
    if problem is not None:
        raise StopError(engine_words(options, problem.code, problem.values), WRONG_USE)
    output = Output(options.format, options.language)
    if output.is_json:
        made = {"folder": str(folder), "sandbox": sandbox, "timezone": zone}
        output.json({**made, "administrators": [account()], "dry_run": True})
        return 0
    kind = output.say("init.sandbox" if sandbox else "init.live")
    output.line(output.say("init.foreseen", folder=_called(folder), kind=kind))
    output.line(output.say("init.settings", zone=zone, account=account()), "quiet")
    return 0


def _local_zone() -> str:
    """The machine's zone by its name, UTC where it has none."""
    known = available_timezones()
    parts = Path(os.path.realpath("/etc/localtime")).parts
    names = (os.environ.get("TZ", "").lstrip(":"), "/".join(parts[-2:]), parts[-1])
    return next((name for name in names if name in known), "UTC")
