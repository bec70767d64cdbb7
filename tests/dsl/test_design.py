"""Two whole rulebooks as people in companies would write them are read as they stand."""

from pathlib import Path

import pytest

from dsl.formatter import format_source
from dsl.pipeline import check_source
from dsl.source import of_bytes, of_text
from tests.dsl.shelves import LIBRARY, folders

CASES = Path(__file__).parent.parent / "cases" / "design"
BUILDER, SOFTWARE = "construction_zh.rulebook", "software_en.rulebook"


def source(name):
    return of_bytes(name, (CASES / name).read_bytes())


def test_the_rulebook_of_a_builder_has_no_problem():
    found = check_source(source(BUILDER))
    assert found.diagnostics == ()
    assert found.checked is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_means_the_same_in_both_dialects(language):
    text = source(BUILDER)
    turned = of_bytes(BUILDER, format_source(text, language).text.encode("utf-8"))
    back = of_bytes(BUILDER, format_source(turned, "zh").text.encode("utf-8"))
    assert back.original == format_source(text, "zh").text
    assert check_source(turned).diagnostics == ()


def test_a_tailored_rulebook_has_no_problem_on_the_shipped_base():
    text = source(SOFTWARE)
    found = check_source(text, folders(LIBRARY))
    assert found.diagnostics == ()
    assert [each.id for each in found.layers] == ["software_offboarding", "base_offboarding"]
    assert found.checked is not None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_its_layer_is_the_same_in_both_dialects(language):
    shelf = folders(LIBRARY)
    turned = of_text(SOFTWARE, format_source(source(SOFTWARE), language, shelf).text)
    assert check_source(turned, shelf).diagnostics == ()
    back = format_source(turned, "en", shelf).text
    assert back == format_source(source(SOFTWARE), "en", shelf).text


def test_without_its_base_only_that_is_told():
    """Whatever it does not declare itself may be in its base, which is not there."""
    assert [each.code for each in check_source(source(SOFTWARE)).diagnostics] == ["E601"]


def test_what_no_base_can_declare_is_told_all_the_same():
    """The key of a record, and an option that a choice of this rulebook does not have."""
    text = source(SOFTWARE).original.replace("key name", "key nom").replace("= platform", "= plat")
    found = check_source(of_bytes(SOFTWARE, text.encode("utf-8"))).diagnostics
    assert {each.code for each in found} == {"E601", "E201", "E353"}
