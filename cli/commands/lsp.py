"""`baton lsp`: the language server for editors, over standard input and output."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module
from importlib.util import find_spec

from cli.failures import wrong_use
from cli.options import Options
from cli.parser import Parser


def arguments(parser: Parser) -> None:
    """Adds what the command takes: nothing. Editors add `--stdio`, the only way there is."""
    parser.take("--stdio", about="lsp_stdio", action="store_true")


def run(options: Options, given: Namespace) -> int:
    """Answers until the editor closes the connection; the exit code."""
    del given
    if find_spec("pygls") is None:
        raise wrong_use(options.language, "C135")
    import_module("cli.language_server.server").make_server(options).start_io()
    return 0
