"""`baton schema`: a JSON Schema, for programs that read or write what Baton does."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cli.failures import FINDINGS, wrong_use
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.rulebooks import check_file, tell_problems
from dsl.case_schema import case_schema, feeds_schema
from dsl.model import Rulebook

SCHEMAS = Path(__file__).parents[2] / "schemas"
OF_RULEBOOK: Mapping[str, Callable[[Rulebook], dict[str, Any]]] = {
    "case": case_schema,
    "feeds": feeds_schema,
}
"""Schemas that every rulebook has of its own."""


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("name", about="schema", metavar="NAME")
    parser.take("file", about="schema_file", nargs="?", metavar="FILE")


def run(options: Options, given: Namespace) -> int:
    """Prints the schema; the exit code."""
    output = Output(options.format, options.language)
    if given.name in OF_RULEBOOK:
        return _of_rulebook(options, given, output)
    if given.file is not None:
        raise wrong_use(options.language, "C134", name=given.name)
    schemas = {file.stem: file for file in sorted(SCHEMAS.glob("*.json"))}
    file = schemas.get(given.name)
    if file is None:
        known = output.listed(sorted((*schemas, *OF_RULEBOOK)))
        raise wrong_use(options.language, "C126", name=given.name, known=known)
    output.json(json.loads(file.read_text(encoding="utf-8")))
    return 0


def _of_rulebook(options: Options, given: Namespace, output: Output) -> int:
    if given.file is None:
        raise wrong_use(options.language, "C133", name=given.name)
    source, outcome = check_file(options, given.file)
    if outcome.checked is None:
        tell_problems(output, source, outcome)
        return FINDINGS
    output.json(OF_RULEBOOK[given.name](outcome.checked.rulebook))
    return 0
