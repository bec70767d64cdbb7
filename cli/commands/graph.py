"""`baton graph`: the process as a drawing, an outline or data; also where a case stands on it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence

from cli.failures import FINDINGS, wrong_use
from cli.options import Options
from cli.output import Output, Word, painted
from cli.parser import Parser
from cli.rulebooks import check_file
from cli.tables import columns, speaks_unicode
from cli.workplace import workplace
from dsl.diagnostic import Diagnostic
from dsl.model import Rulebook
from dsl.render import render_json, render_text
from dsl.source import Source
from engine.graph.build import Graph, build
from engine.graph.canvas import Row
from engine.graph.glyphs import ASCII, UNICODE
from engine.graph.legend import legend
from engine.graph.node_link import to_json
from engine.graph.outline import outline
from engine.graph.picture import picture
from engine.graph.view import View
from engine.texts import MESSAGES
from engine.views.marks import Mark, case_marks

UNBOUNDED = 160
"""Cells of a drawing that goes to a file or another program."""
STYLES = {
    "mark.here": "strong",
    "mark.done": "good",
    "mark.overdue": "bad",
    "mark.closed": "notice",
    "mark.waiting": "quiet",
    "mark.skipped": "quiet",
}
"""What is coloured, where there are colours: the marks of a case."""


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="rulebook_file", nargs="?", metavar="FILE")
    parser.take("--case", about="graph_case", metavar="CASE")
    parser.take("--process", about="process", metavar="ID")
    parser.take("--outline", about="outline", action="store_true")
    parser.take("--ascii", about="ascii", action="store_true")
    parser.take("--width", about="width", metavar="N", type=int)


def run(options: Options, given: Namespace) -> int:
    """Draws; the exit code."""
    if (given.file is None) == (given.case is None):
        raise wrong_use(options.language, "C127")
    if given.width is not None and given.width < 1:
        raise wrong_use(options.language, "C128", width=str(given.width))
    output = Output(options.format, options.language)
    if given.case is not None:
        graph, marks = _of_case(options, given.case)
        return _show(output, given, graph, marks)
    source, outcome = check_file(options, given.file)
    if outcome.checked is None:
        _tell(output, outcome.diagnostics, source)
        return FINDINGS
    process = _process(options, outcome.checked.rulebook, given.process)
    return _show(output, given, build(outcome.checked.rulebook, outcome.checked.places, process))


def _of_case(options: Options, case: str) -> tuple[Graph, dict[str, Mark]]:
    with workplace(options) as place:
        scope = place.scope(case, place.actor().authority)
        program = scope.program
        graph = build(program.rulebook, program.places, program.process.id)
        return graph, case_marks(scope)


def _tell(output: Output, diagnostics: Sequence[Diagnostic], source: Source) -> None:
    """Why there is nothing to draw."""
    sources = {source.name: source}
    if output.is_json:
        output.json(render_json(diagnostics, sources, output.language))
    else:
        output.block(render_text(diagnostics, sources, output.language))


def _process(options: Options, rulebook: Rulebook, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    for process in rulebook.processes:
        if wanted == process.id or wanted in process.title.values():
            return process.id
    known = ", ".join(one.id for one in rulebook.processes)
    raise wrong_use(options.language, "C114", process=wanted, known=known)


def _show(
    output: Output, given: Namespace, graph: Graph, marks: dict[str, Mark] | None = None
) -> int:
    if output.is_json:
        output.json({**to_json(graph), **({} if marks is None else {"marks": marks})})
        return 0
    glyphs = ASCII if given.ascii or not speaks_unicode() else UNICODE
    language = output.language
    view = View(
        language,
        lambda message: MESSAGES.say(language, message),
        given.width or columns() or UNBOUNDED,
        glyphs,
    )
    drawn = None if given.outline else picture(graph, view, marks)
    for row in outline(graph, view, marks) if drawn is None else drawn.rows:
        _print(row)
    output.line()
    for entry in legend(graph, marks, glyphs):
        output.line(f"  {entry.sample}  {MESSAGES.say(language, entry.message)}", "quiet")
    return 0


def _print(row: Row) -> None:
    """A row of a drawing; its texts have been made visible when they were laid out."""
    words = [painted(Word(one.text, STYLES.get(one.style, ""))) for one in row]
    print("".join(words).rstrip())
