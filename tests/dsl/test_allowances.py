"""A warning is allowed in the declaration that it is about, with a reason, and nowhere else."""

import re
from pathlib import Path

import pytest

from dsl.allowances import WARNINGS
from dsl.pipeline import check_source
from dsl.source import of_text
from tests.dsl.shelves import texts

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "tests/cases/bad/W551_elsewhere.rulebook").read_text("utf-8")


def outcome(*lines):
    """What comes of the text with these lines instead of its allowances."""
    bare = "\n".join(line for line in TEXT.split("\n") if "allow" not in line)
    gate, item = (f"\n{line}" if line else "" for line in lines)
    text = bare.replace("item done", f"item done{gate}").replace(
        "leaver to hr", f"leaver to hr{item}"
    )
    return check_source(of_text("t", text))


def codes(*lines):
    return [each.code for each in outcome(*lines).diagnostics]


def test_it_holds_for_its_own_declaration():
    assert codes("", "") == ["W502"]
    assert codes('  allow W502 because "x"', "") == []
    assert codes("", '  allow W502 because "x"') == ["W502", "W551"]


def test_it_changes_nothing_of_what_the_rulebook_means():
    allowed = outcome('  allow W502 because "x"', "").checked
    assert allowed.rulebook == outcome("", "").checked.rulebook


BASE = """rulebook below "Below"
  version 1.0.0
fact last_day "Last day" date
role leaver "Leaver" is subject
role boss "Boss" is manager of leaver
item first "First"
  from leaver to boss
  due 10 days before last_day
item second "Second"
  from leaver to boss
  due 5 days before last_day
  after first
process leaving "Leaving"
  started by leaver
  managed by boss
  first items
"""
LAYER = """rulebook above "Above"
  version 1.0.0
  extends below 1.x
adjust item second
  due 12 days before last_day
"""


@pytest.mark.parametrize("verb", ["", "add "])
@pytest.mark.parametrize("home", ["second", "first"])
def test_a_layer_allows_what_it_causes_in_the_declaration_it_is_about(verb, home):
    line = f'  {verb}allow W504 because "the second one is quick"\n'
    text = LAYER + (line if home == "second" else f"adjust item first\n{line}")
    found = check_source(of_text("above", text), texts(below=BASE)).diagnostics
    # The warning is about both: the one that is late, and the one before it.
    assert [each.code for each in found] == []


def test_a_layer_allows_nothing_in_another_declaration():
    line = 'adjust process leaving\n  allow W504 because "x"\n'
    found = check_source(of_text("above", LAYER + line), texts(below=BASE)).diagnostics
    assert [each.code for each in found] == ["W504", "W551"]


def test_what_a_base_allows_is_not_called_needless_in_a_text_above_it():
    base = BASE.replace(
        "fact last_day", 'fact later "Later" text\n  allow W507 because "for others"\nfact last_day'
    )
    found = check_source(of_text("above", LAYER), texts(below=base)).diagnostics
    assert [each.code for each in found] == ["W504"]
    assert "W551" not in {each.code for each in check_source(of_text("below", base)).diagnostics}


def test_a_reason_is_demanded():
    assert "E114" in codes("  allow W502", "") or "E106" in codes("  allow W502", "")


def test_no_allowance_is_called_needless_while_errors_hide_what_it_allows():
    assert codes('  allow W502 because "x"', "  accountable nobody") == ["E201"]


def test_every_warning_can_be_allowed_except_that_of_the_allowance():
    pages = {path.stem for path in (ROOT / "cli/pages/en").glob("W*.md")}
    assert pages == WARNINGS | {"W551"}
    assert all(re.fullmatch(r"W5\d\d", code) for code in pages)
