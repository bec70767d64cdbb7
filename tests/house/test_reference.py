"""Reference and cheat sheet show every keyword of their dialect; the schemas hold for the example."""

import json
import re

import msgspec
import pytest
from jsonschema import Draft202012Validator

from dsl.dialects import DialectName, dialect
from dsl.parser import tokens
from dsl.pipeline import check_source
from dsl.source import of_text
from engine.schemas import schemas
from tests.house.reading import ROOT
from tests.house.test_examples import FENCE, whole

REFERENCE = {"en": ROOT / "docs" / "language.md", "zh": ROOT / "docs" / "zh" / "language.md"}
ONE_PAGE = 84
"""Lines of a page that is printed."""
CODE = re.compile(r"^```.*?^```$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["language.md", "cheatsheet.md"])
@pytest.mark.parametrize("name", ["en", "zh"])
def test_every_keyword_is_shown(name: DialectName, page: str) -> None:
    text = REFERENCE[name].with_name(page).read_text(encoding="utf-8")
    shown = "\n".join(CODE.findall(text))
    assert sorted({word for word in dialect(name).written.values() if word not in shown}) == []


def test_the_cheat_sheet_is_one_page_in_both_languages() -> None:
    pages = [path.with_name("cheatsheet.md").read_text("utf-8") for path in REFERENCE.values()]
    rows = [page.count("\n") for page in pages]
    assert rows[0] == rows[1] <= ONE_PAGE


@pytest.mark.parametrize("name", ["en", "zh"])
def test_every_keyword_is_used_in_a_checked_example(name: DialectName) -> None:
    """`test_examples` checks them; the page of keywords has what the reference does not show at length."""
    used: set[str] = set()
    for path in (REFERENCE[name], REFERENCE[name].with_name("keywords.md")):
        for match in FENCE.finditer(path.read_text(encoding="utf-8")):
            if match[1] is None:
                used |= {token.kind for token in tokens(of_text("example", whole(match[2])))}
    assert {kind: text for kind, text in dialect(name).written.items() if kind not in used} == {}


@pytest.mark.parametrize("name", ["en", "zh"])
def test_the_model_of_the_standard_rulebook_fits_its_schema(name: DialectName) -> None:
    text = (ROOT / "tests" / "cases" / "docs" / f"preamble.{name}.rulebook").read_text("utf-8")
    checked = check_source(of_text("standard", text)).checked
    assert checked is not None
    model = json.loads(msgspec.json.encode(checked.rulebook))
    assert list(Draft202012Validator(schemas()["model"]).iter_errors(model)) == []
