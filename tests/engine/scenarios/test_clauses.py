"""Every clause of the language is reached by a scenario that holds: of the shipped library, or of the sample.

What a clause is, the model says: each part of each kind of thing, each word that can stand in it, and
each kind that has no part.
"""

import typing
from functools import cache
from pathlib import Path

import msgspec
import pytest
from msgspec import Struct

from dsl.model import Rulebook
from dsl.pipeline import check_source
from dsl.source import of_text
from engine.artefact import Artefact
from engine.drafting.playing import play
from engine.publishing import assemble
from engine.scenarios.coverage import coverage_of
from tests.house.reading import ROOT

Clause = tuple[str, str, str]
"""A kind of thing, a part of it, and the word in it; `*` where any value may stand."""

PLAYED = [
    ROOT / "rulebooks" / "base_offboarding.rulebook",
    ROOT / "rulebooks" / "growing_company.rulebook",
    ROOT / "rulebooks" / "construction.rulebook",
    ROOT / "tests" / "engine" / "sample" / "clauses.rulebook",
]
BEYOND: dict[Clause, str] = {
    (
        "AttributeOf",
        "attribute",
        "groups",
    ): "invented people belong to no group that a condition asks for",
    ("AttributeOf", "attribute", "hire_date"): "invented people were never hired",
    ("RecordType", "record", "*"): "the type of a row; rulebooks write the list",
    ("SeveralType", "of", "*"): "the type of what a table collects; rulebooks do not write it",
    ("Target", "kind", "content"): "a missing part is told by its id",
    ("Target", "kind", "evidence"): "a missing part is told by its id",
    ("WordParty", "word", "approver"): "whom the notices about a step are for; no line names them",
}


def words_of(hint: object) -> tuple[str, ...]:
    """The words that can stand in a part, if it is one of a list of words."""
    if typing.get_origin(hint) is typing.Literal:
        return typing.get_args(hint)
    return tuple(word for part in typing.get_args(hint) for word in words_of(part))


def clauses_of(kind: object, found: set[Clause], seen: set[object]) -> set[Clause]:
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in seen:
        seen.add(kind)
        if not msgspec.structs.fields(kind):
            found.add((kind.__name__, "", "*"))
        for part in msgspec.structs.fields(kind):
            words = words_of(part.type) or ("*",)
            found |= {(kind.__name__, part.name, word) for word in words}
            clauses_of(part.type, found, seen)
    for inner in typing.get_args(kind):
        clauses_of(inner, found, seen)
    return found


def written(part: object, found: set[Clause]) -> set[Clause]:
    """The clauses of a model; what is as if it had been left out is none."""
    if isinstance(part, (tuple, list)):
        for inner in part:
            written(inner, found)
    elif isinstance(part, Struct):
        if not msgspec.structs.fields(type(part)):
            found.add((type(part).__name__, "", "*"))
        for field in msgspec.structs.fields(type(part)):
            value = getattr(part, field.name)
            if field.default is not msgspec.NODEFAULT and value == field.default:
                words = words_of(field.type)
                if value not in words:
                    continue
            word = value if words_of(field.type) else "*"
            found.add((type(part).__name__, field.name, str(word)))
            written(value, found)
    return found


@cache
def published(path: Path) -> Artefact:
    outcome = check_source(of_text(path.name, path.read_text(encoding="utf-8")))
    assert outcome.checked is not None, outcome.diagnostics
    return assemble(outcome.checked, outcome.layers)


def test_every_clause_is_in_a_rulebook_whose_scenarios_are_played() -> None:
    found: set[Clause] = set()
    for path in PLAYED:
        written(published(path).rulebook, found)
    assert sorted(clauses_of(Rulebook, set(), set()) - found - BEYOND.keys()) == []
    assert sorted(BEYOND.keys() & found) == []


@pytest.mark.parametrize("path", PLAYED, ids=lambda path: path.stem)
def test_its_scenarios_hold_and_reach_everything(path: Path) -> None:
    artefact = published(path)
    played = list(play(artefact))
    assert [result.failures for _, result in played if result.failures] == []
    assert coverage_of(artefact, played).unreached == ()
