"""`baton case gantt`: what was planned against what has been, over the days of the case's calendar."""

from __future__ import annotations

from argparse import Namespace

from cli.acting import case_argument
from cli.drawings import drawing_arguments, print_drawing, refuse_no_width, wanted_view
from cli.options import Options
from cli.parser import Parser
from cli.workplace import workplace
from engine.views.gantt import gantt
from engine.views.gantt_picture import gantt_legend, gantt_sheet


def arguments(parser: Parser) -> None:
    """Adds what the command takes."""
    case_argument(parser)
    drawing_arguments(parser)


def run(options: Options, given: Namespace) -> int:
    """Draws; the exit code."""
    refuse_no_width(options, given)
    with workplace(options) as place:
        output = place.output
        viewer = place.actor().authority
        found = gantt(place.reader(given.case, viewer), viewer)
        if output.is_json:
            output.json(found)
            return 0
        view = wanted_view(output, given)
        print_drawing(output, gantt_sheet(found, view).rows, gantt_legend(view.glyphs))
    return 0
