"""`baton flatten`: all layers of a rulebook as one text that extends nothing."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from cli.failures import FINDINGS, wrong_use
from cli.options import LANGUAGES, Options
from cli.output import Output
from cli.parser import Parser
from cli.rulebooks import check_file, tell_problems
from cli.trials import changed_above
from dsl.dialects import dialect
from dsl.formatter.flattening import flattened


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="rulebook_file", metavar="FILE")
    parser.take("--to", about="flatten_to", choices=LANGUAGES)
    parser.take("--output", about="flatten_output", metavar="NEW")


def run(options: Options, given: Namespace) -> int:
    """Prints or writes the text; the exit code."""
    output = Output(options.format, options.language)
    source, outcome = check_file(options, given.file)
    if outcome.checked is None or outcome.stack is None or outcome.composed is None:
        tell_problems(output, source, outcome)
        return FINDINGS
    to = dialect(given.to or outcome.layers[0].rulebook.dialect)
    changed = changed_above(outcome)
    text = flattened(outcome.stack, outcome.composed.without(changed), to)
    left = sorted(changed | {one.id for one in outcome.aside})
    if given.output is not None:
        _write(options, given.output, text)
    if output.is_json:
        layers = [{"id": one.id, "version": one.version} for one in outcome.layers]
        output.json({"text": text, "file": given.output, "layers": layers, "left_out": left})
    elif given.output is None:
        sys.stdout.write(text)
    if left:
        told = output.listed(left)
        output.note(output.say("flatten.left_out", scenarios=told))
    return 0


def _write(options: Options, file: str, text: str) -> None:
    """A new file; one that is there is never written over."""
    try:
        with Path(file).open("x", encoding="utf-8") as new:
            new.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise wrong_use(options.language, "C172", file=file, reason=reason) from error
