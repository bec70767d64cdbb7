"""The facts of a case, as a table."""

from __future__ import annotations

from cli.output import Output
from cli.tables import print_table
from engine.views.cases import CaseView


def print_facts(output: Output, case: CaseView) -> None:
    """Every fact that the viewer may see; private ones are marked."""
    private = output.say("case.private")
    rows = [[fact.title, fact.shown, private if fact.private else ""] for fact in case.facts]
    print_table((output.say("column.fact"), output.say("column.value"), ""), rows)
