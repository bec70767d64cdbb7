"""Drawings on the command line: how wide, in which signs, and how their rows are printed."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from cli.failures import wrong_use
from cli.options import Options
from cli.output import Output, Word, painted
from cli.parser import Parser
from cli.tables import columns, speaks_unicode
from engine.graph.canvas import Row
from engine.graph.glyphs import ASCII, UNICODE
from engine.graph.legend import Entry
from engine.graph.view import View
from engine.texts import MESSAGES

UNBOUNDED = 160
"""Cells of a drawing that goes to a file or another program."""
STYLES = {
    "mark.here": "strong",
    "mark.done": "good",
    "mark.overdue": "bad",
    "mark.closed": "notice",
    "mark.waiting": "quiet",
    "mark.skipped": "quiet",
    "late": "bad",
    "rest": "quiet",
    "planned": "quiet",
    "now": "notice",
    "head": "strong",
}
"""What is coloured, where there are colours: where a case stands, and what is late."""


def drawing_arguments(parser: Parser) -> None:
    """Adds what every drawing takes."""
    parser.take("--ascii", about="ascii", action="store_true")
    parser.take("--width", about="width", metavar="N", type=int)


def refuse_no_width(options: Options, given: Namespace) -> None:
    """C128 where a width is none."""
    if given.width is not None and given.width < 1:
        raise wrong_use(options.language, "C128", width=str(given.width))


def wanted_view(output: Output, given: Namespace) -> View:
    """How the reader wants drawings: as wide as asked for, else as the terminal is."""
    language = output.language
    glyphs = ASCII if given.ascii or not speaks_unicode() else UNICODE
    wide = given.width or columns() or UNBOUNDED
    return View(language, lambda message: MESSAGES.say(language, message), wide, glyphs)


def print_drawing(output: Output, rows: Iterable[Row], entries: Iterable[Entry]) -> None:
    """The rows, whose texts were made visible when they were laid out, and what the signs mean."""
    for row in rows:
        words = [painted(Word(one.text, STYLES.get(one.style, ""))) for one in row]
        print("".join(words).rstrip())
    output.line()
    for entry in entries:
        output.line(f"  {entry.sample}  {MESSAGES.say(output.language, entry.message)}", "quiet")
