"""`baton graph`: the process as a drawing, an outline or data; also where a case stands on it."""

from __future__ import annotations

from argparse import Namespace

from cli.drawings import drawing_arguments, print_drawing, refuse_no_width, wanted_view
from cli.failures import FINDINGS, wrong_use
from cli.finding import case_number
from cli.options import Options
from cli.output import Output
from cli.parser import Parser
from cli.rulebooks import check_file, tell_problems
from cli.workplace import workplace
from dsl.model import Rulebook
from engine.graph.build import Graph, build
from engine.graph.legend import legend
from engine.graph.node_link import to_json
from engine.graph.outline import outline
from engine.graph.picture import picture
from engine.views.marks import Mark, case_marks


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    parser.take("file", about="rulebook_file", nargs="?", metavar="FILE")
    parser.take("--case", about="graph_case", metavar="CASE", type=case_number)
    parser.take("--process", about="process", metavar="ID")
    parser.take("--outline", about="outline", action="store_true")
    drawing_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Draws; the exit code."""
    if (given.file is None) == (given.case is None):
        raise wrong_use(options.language, "C127")
    refuse_no_width(options, given)
    output = Output(options.format, options.language)
    if given.case is not None:
        graph, marks = _of_case(options, given.case)
        return _show(output, given, graph, marks)
    source, outcome = check_file(options, given.file)
    if outcome.checked is None:
        tell_problems(output, source, outcome)
        return FINDINGS
    process = _process(output, outcome.checked.rulebook, given.process)
    return _show(output, given, build(outcome.checked.rulebook, outcome.checked.places, process))


def _of_case(options: Options, case: str) -> tuple[Graph, dict[str, Mark]]:
    with workplace(options) as place:
        scope = place.scope(case, place.actor().authority)
        program = scope.program
        graph = build(program.rulebook, program.places, program.process.id)
        return graph, case_marks(scope)


def _process(output: Output, rulebook: Rulebook, wanted: str | None) -> str | None:
    if wanted is None:
        return None
    for process in rulebook.processes:
        if wanted == process.id or wanted in process.title.values():
            return process.id
    known = output.listed(one.id for one in rulebook.processes)
    raise wrong_use(output.language, "C114", process=wanted, known=known)


def _show(
    output: Output, given: Namespace, graph: Graph, marks: dict[str, Mark] | None = None
) -> int:
    if output.is_json:
        output.json({**to_json(graph), **({} if marks is None else {"marks": marks})})
        return 0
    view = wanted_view(output, given)
    drawn = None if given.outline else picture(graph, view, marks)
    rows = outline(graph, view, marks) if drawn is None else drawn.rows
    print_drawing(output, rows, legend(graph, marks, view.glyphs))
    return 0
