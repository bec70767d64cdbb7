"""`baton serve`: the terminal UI in a browser on this machine."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace

PORTS = range(1, 65536)
PORT = 8000


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    values = {"port": str(PORT)}
    parser.take("--port", about="port", values=values, metavar="N", type=int, default=PORT)


def run(options: Options, given: Namespace) -> int:
    """Serves until Ctrl+C; the exit code."""
    if find_spec("textual_serve") is None:
        raise wrong_use(options.language, "C143")
    if given.port not in PORTS:
        raise wrong_use(options.language, "C144", port=str(given.port))
    serving = import_module("cli.serving")
    reason = serving.why_taken(given.port)
    if reason is not None:
        raise wrong_use(options.language, "C146", port=str(given.port), reason=reason)
    with workplace(options) as place:
        # Whoever may not enter learns it here, not in a browser.
        person, title, output = place.actor().authority, place.name, place.output
    here = str(Path(options.workspace).resolve())
    words = [sys.executable, "-m", "cli.main", "--workspace", here, "--lang", options.language]
    if options.actor is not None:
        words += ["--as", person]
    server = serving.LocalServer(
        shlex.join([*words, "tui"]),
        given.port,
        title,
        output.say,
        output.line,
    )
    server.serve_until_stopped()
    return 0
