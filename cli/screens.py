"""Showing the terminal UI: the screens are loaded when they are wanted, and know no command line."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from importlib import import_module
from typing import Any

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.shelf import Shelf
from cli.tables import speaks_unicode
from engine.desk.desk import Desk
from engine.graph.glyphs import ASCII, UNICODE


def sign_arguments(parser: Parser) -> None:
    """Adds what the terminal's signs are like."""
    parser.take("--ascii", about="ascii", action="store_true")
    parser.take("--wide-signs", about="wide_signs", action="store_true")


def show_screens(
    options: Options,
    make_desk: Callable[[], Desk] | None,
    place: str,
    first: Callable[[Any], Any] | None = None,
    *,
    given: Namespace,
) -> None:
    """Shows the screens until the person leaves.

    Args:
        options: of the command line.
        make_desk: makes the desk; None where there is no workspace.
        place: the workspace's name.
        first: makes the first screen from the shell; None for the board.
        given: what `sign_arguments` takes.

    Raises:
        Exception: what a screen could not go on with; it is told as that of every command is.
    """
    if not _has_terminal():
        raise wrong_use(options.language, "C153")
    # On some terminals the newer key protocol loses composed Chinese; it is read when textual loads.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    wide = given.wide_signs or os.environ.get("BATON_WIDE_SIGNS") == "1"
    glyphs = ASCII if given.ascii or wide or not speaks_unicode() else UNICODE
    shell = import_module("tui.shell").Shell(
        make_desk, options.language, glyphs, place, Shelf(options), 2 if wide else 1
    )
    make = import_module("tui.app").BatonApp
    app = make(shell) if first is None else make(shell, first)
    app.run()
    if app.defect is not None:
        raise app.defect


def _has_terminal() -> bool:
    """True if keys can be read and screens be painted; a browser's screens bring a driver of their own."""
    if "TEXTUAL_DRIVER" in os.environ:
        return True
    return all(stream is not None and stream.isatty() for stream in (sys.__stdin__, sys.__stderr__))
