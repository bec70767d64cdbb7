"""What publishing makes of a rulebook."""

from pathlib import Path

import msgspec

from engine.artefact import Artefact
from engine.graph.build import build
from engine.graph.flatten import flatten
from engine.plan import FORMAT
from tests.engine.sample.company import artefact_of

TEXT = (Path(__file__).parent.parent.parent / "rulebooks" / "growing_company.rulebook").read_text(
    encoding="utf-8"
)


def hash_of(text):
    return artefact_of(text).hash


def test_the_hash_is_of_the_meaning_alone():
    spaced = "# a comment\n" + TEXT.replace("  due", "     due")
    assert hash_of(spaced) == hash_of(TEXT)


def test_plans_are_rebuilt_from_the_model_that_is_stored():
    stored = msgspec.convert(msgspec.to_builtins(artefact_of(TEXT)), Artefact)
    assert stored.plans
    for process, plan in stored.plans.items():
        assert plan.format == FORMAT
        assert flatten(build(stored.rulebook, stored.places, process), process) == plan


def test_another_meaning_has_another_hash():
    later = TEXT.replace("due 3 working days before", "due 4 working days before")
    assert later != TEXT
    assert hash_of(later) != hash_of(TEXT)
