"""`baton report lateness`: how late items are, by item and by the post of the person concerned."""

from __future__ import annotations

from argparse import Namespace

from cli.options import Options
from cli.output import Word
from cli.parser import Parser
from cli.tables import Cell, print_table, speaks_unicode
from cli.workplace import workplace
from engine.desk.measured import Heat, heat_map, measured
from engine.graph.glyphs import ASCII, UNICODE

STYLES = ("quiet", "", "notice", "notice", "bad")
"""Per level of lateness."""


def arguments(parser: Parser) -> None:
    """Takes nothing."""
    del parser


def run(options: Options, given: Namespace) -> int:
    """Shows the map over the cases that the viewer may see; the exit code."""
    del given
    with workplace(options) as place:
        output = place.output
        found = heat_map(measured(place.service, place.actor().authority, place.language))
        if output.is_json:
            output.json(found)
            return 0
        head = [output.say("column.item"), output.say("column.all"), *found.posts]
        print_table(head, ([row.item, *map(_cell, (row.all, *row.cells))] for row in found.rows))
        output.line(output.say("report.lateness"), "quiet")
    return 0


def _cell(heat: Heat | None) -> Cell:
    shades = (UNICODE if speaks_unicode() else ASCII).shades
    if heat is None:
        return ""
    text = f"{shades[heat.level] * 2} {heat.late}/{heat.count}"
    return Word(f"{text} +{heat.days}" if heat.days else text, STYLES[heat.level])
