"""`baton check`: the problems of rulebooks."""

from __future__ import annotations

from argparse import Namespace

from cli.failures import FINDINGS
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.rulebooks import check_file
from dsl.diagnostic import Diagnostic
from dsl.render import render_json, render_text
from dsl.source import Source


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("files", about="rulebooks", nargs="+", metavar="FILE")


def run(options: Options, given: Namespace) -> int:
    """Shows every problem of every file; the exit code is 1 if one of them is an error."""
    output = Output(options.format, options.language)
    sources: dict[str, Source] = {}
    found: list[Diagnostic] = []
    for file in given.files:
        source, outcome = check_file(options, file)
        sources[source.name] = source
        found += outcome.diagnostics
    errors = sum(one.severity == "error" for one in found)
    if output.is_json:
        output.json(render_json(found, sources, options.language))
        return FINDINGS if errors else 0
    if found:
        output.block(render_text(found, sources, options.language))
        output.line()
    counts = {"files": len(sources), "errors": errors, "warnings": len(found) - errors}
    output.line(output.say("check.summary", **counts), "bad" if errors else "good")
    return FINDINGS if errors else 0
