"""`baton administrators`: who administers the workspace; every change is in the ledger."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--add", about="add_account", action="append", default=[], metavar="ACCOUNT")
    parser.take("--remove", about="remove_account", action="append", default=[], metavar="ACCOUNT")
    parser.take("--reason", about="reason", default="")
    parser.take("--dry-run", about="dry_run", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Changes and shows them; the exit code."""
    with workplace(options, draft=given.dry_run) as place:
        if given.add or given.remove:
            refusal = place.administration.set_administrators(
                tuple(given.add), tuple(given.remove), given.reason
            )
            if refusal is not None:
                raise place.refused(refusal)
        found = place.service.administrators
        if place.output.is_json:
            place.output.json({"administrators": found, "dry_run": given.dry_run})
        else:
            if given.dry_run:
                place.output.line(place.output.say("administrators.foreseen"))
            for account in found:
                place.output.line(account)
    return 0
