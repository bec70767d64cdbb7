"""What publishing makes of a rulebook."""

from pathlib import Path

from dsl.pipeline import check_source
from dsl.source import of_text
from engine.publishing import assemble

TEXT = (Path(__file__).parent.parent.parent / "rulebooks" / "growing_company.rulebook").read_text(
    encoding="utf-8"
)


def hash_of(text):
    found = check_source(of_text("rulebook", text))
    assert found.checked is not None
    return assemble(found.checked, found.layers).hash


def test_the_hash_is_of_the_meaning_alone():
    spaced = "# a comment\n" + TEXT.replace("  due", "     due")
    assert hash_of(spaced) == hash_of(TEXT)


def test_another_meaning_has_another_hash():
    later = TEXT.replace("due 3 working days before", "due 4 working days before")
    assert later != TEXT
    assert hash_of(later) != hash_of(TEXT)
