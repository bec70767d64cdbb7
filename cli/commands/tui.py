"""`baton tui`: the terminal UI."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib import import_module
from pathlib import Path

from cli.options import Options
from cli.parser import Parser
from cli.tables import speaks_unicode
from cli.workplace import Workplace, workplace
from engine.desk.desk import Desk
from engine.graph.glyphs import ASCII, UNICODE


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("--ascii", about="ascii", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Shows the screens until the person leaves; the exit code."""
    # On some terminals the newer key protocol loses composed Chinese; it is read when textual loads.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    with workplace(options) as place:
        actor = place.actor()
        plain = given.ascii or not speaks_unicode()
        shell = import_module("tui.shell").Shell(
            lambda: Desk(place.service, actor),
            options.language,
            ASCII if plain else UNICODE,
            _name(place),
        )
        import_module("tui.app").BatonApp(shell).run()
    return 0


def _name(place: Workplace) -> str:
    return Path(place.options.workspace).resolve().name
