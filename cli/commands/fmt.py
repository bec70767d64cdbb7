"""`baton fmt`: rulebooks in their one canonical form, or in the other dialect."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import Any, NamedTuple

from cli.failures import FINDINGS
from cli.options import LANGUAGES, Options
from cli.output import Output
from cli.parser import Parser
from cli.rewriting import show_changes, write
from cli.rulebooks import STANDARD, files_of, read_source
from cli.shelf import Shelf
from dsl.formatter import Formatted, format_source
from dsl.render import render_json, render_text
from dsl.source import Source


class _Done(NamedTuple):
    """One file: its text as it was, what came of it, and whether that is different."""

    source: Source
    formatted: Formatted
    changed: bool


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("files", about="fmt_files", nargs="+", metavar="FILE|FOLDER")
    parser.take("--check", about="fmt_check", action="store_true")
    parser.take("--diff", "--dry-run", about="fmt_diff", action="store_true")
    parser.take("--to", about="fmt_to", choices=LANGUAGES)


def run(options: Options, given: Namespace) -> int:
    """Formats every file; the exit code is 1 for errors, and with `--check` for changes."""
    output = Output(options.format, options.language)
    writes = not (given.check or given.diff)
    documents: list[dict[str, Any]] = []
    changed = errors = 0
    for file in files_of(options, given.files):
        done = _format(options, file, given)
        if done.formatted.text is None:
            errors += 1
        changed += done.changed
        if writes and done.changed and file != STANDARD:
            write(options, file, done.source, str(done.formatted.text))
        documents.append(_document(options, done))
        if not output.is_json:
            _tell(output, done, given)
    if output.is_json:
        output.json(documents)
    elif given.files != [STANDARD]:
        message = "fmt.done" if writes else "fmt.would"
        counts = {"files": len(documents), "changed": changed, "errors": errors}
        output.note(output.say(message, **counts))
    return FINDINGS if errors or (given.check and changed) else 0


def _format(options: Options, file: str, given: Namespace) -> _Done:
    source = read_source(options, file)
    formatted = format_source(source, given.to, Shelf(options))
    return _Done(source, formatted, formatted.text not in {None, source.original})


def _tell(output: Output, done: _Done, given: Namespace) -> None:
    """Problems on the error stream; the text, its changes or its name on the output."""
    name, text = done.source.name, done.formatted.text
    if text is None:
        problems = done.formatted.diagnostics
        found = render_text(problems, {name: done.source}, output.language)
        for line in found.splitlines():
            output.note(line)
    elif given.diff:
        show_changes(output, done.source, text)
    elif name == STANDARD and not given.check:
        sys.stdout.write(text)
    elif done.changed:
        output.line(name)


def _document(options: Options, done: _Done) -> dict[str, Any]:
    """What programs read about one file."""
    name, formatted = done.source.name, done.formatted
    found = render_json(formatted.diagnostics, {name: done.source}, options.language)
    document = {"file": name, "changed": done.changed, "diagnostics": found}
    return document | ({"text": formatted.text} if name == STANDARD else {})
