"""Every clause of tailoring is reached by a scenario that holds: of a trade of the library, or of the sample.

What a clause is: each verb on each kind, each way to change a clause or a list, each place that something
can be put, each thing that can stand beside it, and each word that takes a clause away.
"""

import typing
from functools import cache
from itertools import product
from pathlib import Path

import pytest

from dsl import nodes
from dsl.layers import Offer, Shelved
from dsl.model import words
from dsl.parser.build_tailoring import DROPPED
from dsl.pipeline import Outcome, check_source
from dsl.source import Source, of_text
from engine.drafting.playing import play
from engine.publishing import assemble
from engine.scenarios.coverage import coverage_of
from tests.dsl.generated_tailoring import KINDS
from tests.house.reading import ROOT

Clause = tuple[str, ...]

LIBRARY = ROOT / "rulebooks"
SAMPLE = ROOT / "tests" / "engine" / "sample" / "layers"
BASES = {
    "base_offboarding": LIBRARY / "base_offboarding.rulebook",
    "plain": SAMPLE / "plain.rulebook",
    "adjusted": SAMPLE / "adjusted.rulebook",
}
PLAYED = [*sorted((LIBRARY / "industries").glob("*.rulebook")), SAMPLE / "replaced.rulebook"]
BEYOND: dict[Clause, str] = {
    ("drop clause", "template"): "no document is without one (E401)",
    ("beside", "process"): "a process that begins another one has no room in so small a sample",
}
PLACED = {
    nodes.Step: "step",
    nodes.Row: "row",
    nodes.Do: "thing",
    nodes.Wait: "wait",
    nodes.StageMark: "stage",
}
"""What has a place, and what its clause is called here."""
SHORT = {
    "contents", "evidence", "counts", "titles", "options", "fields", "follow_ups", "body", "steps", "rows",
}  # fmt: skip
"""Lists of which one entry can be taken away by its name."""


def language() -> set[Clause]:
    """Every clause of tailoring."""
    sides = set(typing.get_args(nodes.Side))
    return {
        *product(("adjust", "replace", "remove"), KINDS),
        *product(("adjust", "remove"), ("audience",)),
        *product(("set", "add"), ("clause", "entry")),
        *(("drop clause", fields[0]) for fields in DROPPED.values()),
        *product(("drop entry",), SHORT),
        *product(("put",), ("step", "row"), sides - {"together"}),
        *product(("put",), ("thing",), sides),
        *product(("beside",), (*typing.get_args(words.DoKind), "stage", "wait")),
    }


def said_by(change: nodes.Change) -> set[Clause]:
    """The clauses of one line of an adjustment."""
    found: set[Clause] = set()
    for said in change.said:
        if change.verb == "remove" and said.value is None:
            found.add(("drop clause", said.field))
        elif change.verb == "remove":
            found.add(("drop entry", said.field))
        else:
            found.add((change.verb, "entry" if said.many else "clause"))
        if change.at is not None:
            found.add(("put", PLACED[type(said.value)], change.at.side))
    anchor = None if change.at is None else change.at.anchor
    match anchor:
        case nodes.Do():
            found.add(("beside", anchor.kind))
        case nodes.Wait() | nodes.StageMark():
            found.add(("beside", PLACED[type(anchor)]))
        case _:
            pass
    return found


def written(outcome: Outcome) -> set[Clause]:
    """The clauses of tailoring in all layers of a rulebook."""
    found: set[Clause] = set()
    for layer in outcome.layers:
        for one in layer.rulebook.tailoring:
            match one.tailoring:
                case nodes.Adjust(kind=kind, changes=changes):
                    found.add(("adjust", kind))
                    found |= {clause for change in changes for clause in said_by(change)}
                case nodes.Replace(kind=kind):
                    found.add(("replace", kind))
                case nodes.Remove(kind=kind):
                    found.add(("remove", kind))
    return found


def text_of(path: Path) -> Source:
    return of_text(path.name, path.read_text(encoding="utf-8"))


def shelf(name: str, _beside: Source) -> Shelved:
    return Shelved((Offer(text_of(BASES[name]), 0),))


@cache
def checked(path: Path) -> Outcome:
    outcome = check_source(text_of(path), shelf)
    assert outcome.checked is not None, outcome.diagnostics
    return outcome


def test_every_clause_of_tailoring_is_in_a_layer_whose_scenarios_are_played() -> None:
    found = set[Clause]().union(*(written(checked(path)) for path in PLAYED))
    assert sorted(language() - found - BEYOND.keys()) == []
    assert sorted(BEYOND.keys() & found) == []


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_its_scenarios_hold_and_reach_everything(path: Path) -> None:
    outcome = checked(path)
    assert outcome.checked is not None
    artefact = assemble(outcome.checked, outcome.layers)
    played = list(play(artefact))
    assert [result.failures for _, result in played if result.failures] == []
    assert coverage_of(artefact, played).unreached == ()
