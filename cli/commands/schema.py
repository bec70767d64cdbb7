"""`baton schema`: a JSON Schema, for programs that read or write what Baton does."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser

SCHEMAS = Path(__file__).parents[2] / "schemas"


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("name", about="schema", metavar="NAME")


def run(options: Options, given: Namespace) -> int:
    """Prints the schema; the exit code."""
    schemas = {file.stem: file for file in sorted(SCHEMAS.glob("*.json"))}
    file = schemas.get(given.name)
    if file is None:
        known = ", ".join(schemas)
        raise wrong_use(options.language, "C126", name=given.name, known=known)
    Output(options.format, options.language).json(json.loads(file.read_text(encoding="utf-8")))
    return 0
